import { v7 } from "uuid";
import { Forbidden, InvalidInput } from "../../kernel/fault.ts";
import { asId, type RecordId, type UserId } from "../../kernel/id.ts";
import { isEligibleOwner } from "../../policy/ask/eligible-owner.ts";
import type { Module, User } from "../../policy/model/org.ts";
import { admitPermission } from "../core/admit.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { randomKey, readName } from "../directory/input.ts";
import { moduleNamed } from "../directory/modules.ts";
import { personNamed } from "../directory/named.ts";
import { deriveGrants, matchingRules } from "../grants/derive.ts";
import { countOwnerChanges } from "../grants/owner-count.ts";
import { readValues } from "./input.ts";

export type NewRecord = {
  /** The key of the module. */
  readonly module: string;
  readonly name: string;
  /** By field key, references as global ids. */
  readonly values?: unknown;
  /** Null is the viewer. */
  readonly ownerId: UserId | null;
};

/**
 * Makes a record, owned by the viewer unless said otherwise; its key is random (AP-12). Another owner needs
 * `CHANGE_OWNER` in the module (SH-46), and must be eligible (TU-33).
 *
 * @returns the id of the record, which the viewer may not be able to read.
 */
export function createRecord(viewer: Viewer, wanted: NewRecord): Promise<{ readonly recordId: RecordId }> {
  return write(viewer, "createRecord", {
    read: async ({ viewer }) => {
      const module = moduleNamed(viewer, "input.module", wanted.module);
      const name = readName("input.name", wanted.name);
      const values = await readValues(viewer, module, "input.values", wanted.values, null);
      const owner = ownerNamed(viewer, "input.owner", wanted.ownerId);
      return { module, name, values, owner };
    },
    change: async ({ tx, viewer }, { module, name, values, owner }) => {
      const { orgId, now, policy, store } = viewer;
      if (owner.id !== viewer.user.id) admitPermission(viewer, module, "CHANGE_OWNER");
      requireEligibleOwner(viewer, "input.owner", owner, module);

      const id: RecordId = asId(v7({ msecs: now }));
      const at = new Date(now);
      await tx.record.create({
        data: {
          orgId,
          id,
          moduleId: module.id,
          key: randomKey(),
          name,
          ownerId: owner.id,
          ownerSeq: owner.seq,
          ownerRoleId: owner.roleId,
          createdById: viewer.user.id,
          values,
          createdAt: at,
          updatedAt: at,
        },
      });
      const rules = matchingRules(policy.rulesOfModule.get(module.id) ?? [], policy.modules, now);
      if (rules.size > 0) await deriveGrants(store.database.kind, tx, orgId, [id], rules);
      await countOwnerChanges(tx, orgId, [{ moduleId: module.id, ownerSeq: owner.seq, by: 1 }]);
      return {
        result: { recordId: id },
        happened: [
          {
            action: "CREATE_RECORD",
            target: { type: "Record", id },
            before: null,
            after: { moduleId: module.id, name, ownerId: owner.id, values },
          },
        ],
      };
    },
  });
}

/** The user that an input names as an owner; null is the viewer. @throws {NotFound} naming the input. */
export function ownerNamed(viewer: Viewer, field: string, id: UserId | null): User {
  return id === null || id === viewer.user.id ? viewer.user : personNamed(viewer, field, id);
}

/** @throws {Forbidden} for a team user in an organisation module, {InvalidInput} for others who may not own (TU-33). */
export function requireEligibleOwner(viewer: Viewer, field: string, owner: User, module: Module): void {
  if (isEligibleOwner(viewer.policy, owner, module, viewer.now)) return;
  if (owner.license === "TEAM" && module.kind === "ORGANIZATION")
    throw new Forbidden(`${owner.name} is a team user and cannot own records of ${module.label}.`, "TU-12b");
  throw new InvalidInput(field, `${owner.name} cannot own records of ${module.label}.`, {
    requirement: "TU-33",
  });
}
