import type { Phrases } from "./words.ts";

export const DE: Phrases = {
  tag: "de",
  token: "Ihr Code:",
  INVITATION: ({ organization, person, by }) => ({
    subject: `${by} lädt Sie zu ${organization} ein`,
    before: [`Guten Tag ${person},`, `${by} hat Sie eingeladen, bei ${organization} mitzuarbeiten.`],
    action: "Einladung annehmen",
    after: [
      "Die Einladung gilt sieben Tage und kann einmal angenommen werden.",
      "Wenn Sie nicht wissen, worum es geht, beachten Sie diese Nachricht nicht: Ohne Sie geschieht nichts.",
    ],
  }),
  ADDRESS_CONFIRMATION: ({ organization, person }) => ({
    subject: `Bestätigen Sie Ihre Adresse für ${organization}`,
    before: [
      `Guten Tag ${person},`,
      `Sie möchten unter dieser Adresse bei ${organization} arbeiten. Bestätigen Sie sie, während Sie angemeldet sind; bis dahin bleibt es bei der alten Adresse.`,
    ],
    action: "Adresse bestätigen",
    after: [
      "Die Bestätigung ist einen Tag lang möglich.",
      "Wenn Sie das nicht veranlasst haben, beachten Sie diese Nachricht nicht: Es ändert sich nichts.",
    ],
  }),
  ADDRESS_CHANGED: ({ organization, person, by }) => ({
    subject: `Ihre Adresse bei ${organization} wurde geändert`,
    before: [
      `Guten Tag ${person},`,
      `${by} hat die Adresse Ihres Kontos bei ${organization} geändert. Diese Adresse, an die wir ein letztes Mal schreiben, öffnet es nicht mehr.`,
    ],
    action: null,
    after: ["Wenn Sie das überrascht, sagen Sie es gleich Ihrer Administratorin oder Ihrem Administrator."],
  }),
};
