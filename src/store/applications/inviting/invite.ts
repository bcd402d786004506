import type { UserId } from "../../../kernel/id.ts";
import {
  admittedOf,
  eachInTurn,
  type ItemRefusal,
  outcomeOf,
  placeOf,
  requireItems,
} from "../../core/items.ts";
import type { Viewer } from "../../core/viewer.ts";
import { asItem, type Item, type Writing, write, writeEach } from "../../core/write.ts";
import { WAKES_INVITATIONS } from "../../people/invitation/invite.ts";
import { standingOf } from "../standing.ts";
import {
  type Invitee,
  judgePerson,
  type NewPerson,
  type ReadPerson,
  readEmail,
  readPerson,
} from "./person.ts";
import { nextSeq, writePeople } from "./write-people.ts";

/**
 * Invites somebody (UA-20): a person who is `PENDING`, their applications, and a mail with a token, in one transaction.
 *
 * @throws {Forbidden} for an application that the viewer does not administer (UA-01), and for a place that is not theirs
 * to give.
 * @throws {InvalidInput} as `judgePerson` does.
 */
export function inviteUser(viewer: Viewer, person: NewPerson): Promise<{ readonly userId: UserId }> {
  return write(viewer, "inviteUser", {
    read: ({ viewer }) => readPerson(viewer, "input", person),
    change: async (writing, read) => {
      const invitee = judgePerson(await standingOf(writing.viewer), read, await nextSeq(writing));
      return {
        result: { userId: invitee.user.id },
        happened: await writePeople(writing, [invitee]),
        wakes: WAKES_INVITATIONS,
      };
    },
  });
}

/** What became of somebody to invite, by the address. */
export type InvitedItem = {
  readonly email: string;
  /** Null: nobody was invited. */
  readonly userId: UserId | null;
  readonly refusal: ItemRefusal | null;
};
export type Invited = { readonly items: readonly InvitedItem[] };

/** Invites up to 500 people (UA-65): each is decided by themselves, after those before them. */
export function inviteUsers(viewer: Viewer, people: readonly NewPerson[]): Promise<Invited> {
  return writeEach(viewer, "inviteUsers", {
    read: ({ viewer }) => readPeople(viewer, people),
    change: async (writing, items) => {
      const judged = await judgePeople(writing, items, await nextSeq(writing));
      const invited = admittedOf(judged);
      return {
        result: { items: outcomesOf(people, judged) },
        happened: await writePeople(writing, invited),
        wakes: invited.length > 0 ? WAKES_INVITATIONS : [],
      };
    },
  });
}

/** Reads every person by itself. @throws {InvalidInput} for too many, and for an address that is named twice. */
export async function readPeople(
  viewer: Viewer,
  people: readonly NewPerson[],
): Promise<readonly Item<ReadPerson>[]> {
  requireItems(people.map(addressIn), (at) => `${placeOf(at)}.email`, "address");
  return Promise.all(people.map((person, at) => asItem(async () => readPerson(viewer, placeOf(at), person))));
}

/** What is no address is refused by itself, and is like no other. */
function addressIn({ email }: NewPerson, at: number): string {
  try {
    return readEmail("", email);
  } catch {
    return `${at}`;
  }
}

/** Judges people in their order, each in the organisation as those before have left it; nothing is written. */
export async function judgePeople(
  { viewer }: Pick<Writing, "viewer">,
  items: readonly Item<ReadPerson>[],
  firstSeq: number,
): Promise<readonly Item<Invitee>[]> {
  let standing = await standingOf(viewer);
  let seq = firstSeq;
  return eachInTurn(viewer, items, (read): Invitee => {
    const invitee = judgePerson(standing, read, seq);
    standing = invitee.standing;
    seq += 1;
    return invitee;
  });
}

export function outcomesOf(
  people: readonly Pick<NewPerson, "email">[],
  judged: readonly Item<Invitee>[],
): readonly InvitedItem[] {
  const { items } = outcomeOf(
    people.map(({ email }) => email),
    judged,
  );
  return items.map(({ id: email, refusal }, at) => {
    const item = judged[at];
    return { email, userId: item !== undefined && "read" in item ? item.read.user.id : null, refusal };
  });
}
