import { cyclesOf, cycleText } from "./cycles.ts";
import { type Check, checkParty, partyText } from "./references.ts";

/** Members exist, each once; no group contains itself (SH-40). */
export const checkGroups: Check = (draft, faults) => {
  for (const [key, { members }] of draft.groups.entries) {
    const seen = new Set<string>();
    for (const [index, member] of members.entries()) {
      const path = ["groups", key, "members", index];
      checkParty(draft, faults, path, member);
      if (seen.has(partyText(member)))
        faults.add(path, { message: "a member of the group already", expected: "each member once" });
      seen.add(partyText(member));
    }
  }
  const nested = (key: string) =>
    (draft.groups.entries.get(key)?.members ?? []).flatMap((member) =>
      member.kind === "GROUP" ? [member.group] : [],
    );
  for (const cycle of cyclesOf(draft.groups.entries.keys(), nested)) {
    const last = cycle.at(-1) ?? "";
    const members = draft.groups.entries.get(last)?.members ?? [];
    const index = members.findIndex((member) => member.kind === "GROUP" && member.group === cycle[0]);
    faults.add(["groups", last, "members", index], {
      message: `a group inside itself: ${cycleText(cycle)}`,
      expected: "a group that does not contain this one",
      requirement: "SH-40",
    });
  }
};
