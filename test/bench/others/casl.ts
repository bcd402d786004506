import { type Ability, AbilityBuilder, subject } from "@casl/ability";
import {
  accessibleBy,
  createCaslExtension,
  createPrismaAbility,
  type PrismaQueryOf,
  type Subjects,
} from "@casl/prisma/runtime";
import type {
  Prisma,
  PrismaClient,
  Record as RecordRow,
} from "../../../src/database/generated/sqlite/client.ts";
import type { Contender } from "./contender.ts";
import { prismaClientOf } from "./prisma-client.ts";
import type { Rights } from "./rights.ts";

type RecordAbility = Ability<["read", Subjects<{ Record: RecordRow }>], PrismaQueryOf<Prisma.TypeMap>>;

/**
 * CASL with `accessibleBy` on Prisma. A list takes the conditions of the ability as its `where`; a record is checked in
 * memory, with the relation loaded that the conditions look at, because without it the answer would be no.
 */
export const casl: Contender = {
  name: "CASL accessibleBy",
  isFor: () => true,
  isBare: false,
  async open(bench) {
    const { known } = bench;
    const opened = prismaClientOf(bench);
    // With the extension, no rights mean no rows.
    const client = opened.client.$extends(createCaslExtension()) as unknown as PrismaClient;
    const moduleId = known.moduleIds[0] ?? "";
    return {
      async as(rights) {
        const ability = abilityOf(rights);
        // Prisma's `skip` is among the types of a condition, though never among what this gives.
        const visible = accessibleBy(ability, "read").ofType("Record") as Prisma.RecordWhereInput;
        const where = { AND: [visible, { moduleId }] };
        const keys = [...rights.keys, ...rights.narrowed.map(({ key }) => key)];
        return {
          async page(limit) {
            const rows = await client.record.findMany({
              where,
              orderBy: { id: "desc" },
              take: limit,
              select: { id: true },
            });
            return rows.map(({ id }) => id);
          },
          total: () => client.record.count({ where }),
          async check(id) {
            const record = await client.record.findUnique({
              where: { orgId_id: { orgId: known.orgId, id } },
              include: { grants: { where: { key: { in: keys } } } },
            });
            return record !== null && ability.can("read", subject("Record", record));
          },
        };
      },
      close: opened.close,
    };
  },
};

function abilityOf({ isAll, ownerIds, keys, narrowed, now }: Rights): RecordAbility {
  const { can, build } = new AbilityBuilder<RecordAbility>(createPrismaAbility);
  if (isAll) {
    can("read", "Record");
    return build();
  }
  can("read", "Record", { ownerId: { in: [...ownerIds] } });
  can("read", "Record", { grants: { some: { key: { in: [...keys] }, readUntil: { gt: now } } } });
  for (const { key, ownerIds: within } of narrowed)
    can("read", "Record", {
      ownerId: { in: [...within] },
      grants: { some: { key: { equals: key }, readUntil: { gt: now } } },
    });
  return build();
}
