import { expect, test } from "vitest";
import type { DatabaseKind } from "../../src/database/database.ts";
import { readFacts } from "../mutations-random/facts.ts";
import { outcomeOf, requestOf } from "../mutations-random/step.ts";
import type { OrganizationFile } from "../oracle/file.ts";
import { diceOf } from "../random/dice.ts";
import { size } from "../size.ts";
import type { Sent } from "./race.ts";
import { profileId, ROOT, userId } from "./requests.ts";
import { openStage } from "./stage.ts";
import { organizationOf } from "./world.ts";

/** The super administrator has another profile: two others have *Administrator*, and of each pair one keeps it. */
function pairsOf(times: number): OrganizationFile {
  const nobody = { subject: () => {} } as unknown as Parameters<typeof organizationOf>[0];
  const file = organizationOf(nobody, 0);
  file.users[ROOT] = { name: "Root", role: "ceo" };
  for (let n = 0; n <= times; n += 1)
    for (const each of ["one", "other"])
      file.users[`${each}-${n}@acme.test`] = {
        name: `${each} ${n}`,
        role: "clerk",
        ...(n === 0 ? { profile: "administrator" } : {}),
      };
  return file;
}

/** The last administrator is never lost, whoever demotes and deactivates whom at once through two gateways. */
export function lastAdministratorOn(kind: DatabaseKind): void {
  const times = Math.min(100, size.races);

  test(`UA-51 demoting one of the last two administrators and deactivating the other at once leaves one, ${times} times, on ${kind}`, async () => {
    const dice = diceOf(51);
    const stage = await openStage({ kind, file: pairsOf(times), isApart: false, isQuiet: true });
    try {
      const facts = await readFacts(stage.database, stage.now());
      const send = async (at: 0 | 1, sent: Sent) => {
        const { query, variables } = requestOf(sent);
        return outcomeOf(await stage.gateways[at](sent.as, query, variables));
      };
      const give = (email: string, profile: string): Sent => ({
        mutation: "updateUser",
        as: ROOT,
        input: { id: userId(facts, email), profile: profileId(facts, profile) },
        select: "user { id }",
      });
      const seen = new Set<string>();
      for (let n = 0; n < times; n += 1) {
        const [one, other] = dice.chance(0.5) ? ["one", "other"] : ["other", "one"];
        const demote = () => send(0, give(`${one}-${n}@acme.test`, "standard"));
        const deactivate = () =>
          send(1, {
            mutation: "deactivateUser",
            as: ROOT,
            input: { id: userId(facts, `${other}-${n}@acme.test`) },
            select: "user { id }",
          });
        // Whoever is sent first mostly comes first: on an idle machine always.
        const isDemotionFirst = dice.chance(0.5);
        const first = isDemotionFirst ? demote() : deactivate();
        const second = isDemotionFirst ? deactivate() : demote();
        const [earlier, later] = await Promise.all([first, second]);
        const outcomes = isDemotionFirst ? [earlier, later] : [later, earlier];
        expect([...outcomes].sort()).toEqual(["DONE", "LAST_ADMINISTRATOR"]);
        seen.add(outcomes.join());
        // The next pair takes over from whoever is left.
        for (const each of ["one", "other"])
          expect(await send(0, give(`${each}-${n + 1}@acme.test`, "administrator"))).toBe("DONE");
        const left = outcomes[0] === "DONE" ? other : one;
        expect(await send(1, give(`${left}-${n}@acme.test`, "standard"))).toBe("DONE");
      }
      expect(seen.size, "either of the two came first now and then").toBe(2);
    } finally {
      await stage.close();
    }
  });
}
