import { cyclesOf, cycleText } from "./cycles.ts";
import { type Check, checkParty } from "./references.ts";

/** Members exist; no group contains itself (SH-40). */
export const checkGroups: Check = (draft, faults) => {
  for (const [key, { members }] of draft.groups.entries) {
    for (const [index, member] of members.entries()) {
      checkParty(draft, faults, ["groups", key, "members", index], member);
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
