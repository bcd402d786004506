import type { Phrases } from "./words.ts";

export const EN: Phrases = {
  tag: "en",
  token: "Your code:",
  INVITATION: ({ organization, person, by }) => ({
    subject: `${by} invites you to ${organization}`,
    before: [`Hello ${person},`, `${by} has invited you to work in ${organization}.`],
    action: "Accept the invitation",
    after: [
      "The invitation is good for seven days and can be accepted once.",
      "If you do not know what this is about, ignore this mail: nothing happens without you.",
    ],
  }),
  ADDRESS_CONFIRMATION: ({ organization, person }) => ({
    subject: `Confirm your address for ${organization}`,
    before: [
      `Hello ${person},`,
      `you asked for this address to become yours in ${organization}. Confirm it while you are signed in; until then your old address stays.`,
    ],
    action: "Confirm the address",
    after: [
      "The confirmation is good for one day.",
      "If it was not you who asked, ignore this mail: nothing changes.",
    ],
  }),
  ADDRESS_CHANGED: ({ organization, person, by }) => ({
    subject: `Your address in ${organization} was changed`,
    before: [
      `Hello ${person},`,
      `the address of your account in ${organization} was changed by ${by}. This address, to which we write one last time, does not open it any more.`,
    ],
    action: null,
    after: ["If this is a surprise to you, tell your administrator now."],
  }),
};
