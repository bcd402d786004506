import type { Prisma } from "../../../src/store/generated/sqlite/client.ts";
import type { Bench } from "../bench.ts";
import type { Contender } from "./contender.ts";
import type { Rights } from "./rights.ts";

/** A `where` written by hand, as an application without any library for permissions has it. */
export const prismaWhere: Contender = {
  name: "Prisma where",
  isFor: () => true,
  isBare: false,
  async open(bench) {
    return { as: async (rights) => askedOf(bench, visibleTo(rights)), close: async () => undefined };
  },
};

function visibleTo({ isAll, ownerIds, keys, narrowed, now }: Rights): Prisma.RecordWhereInput {
  if (isAll) return {};
  return {
    OR: [
      { ownerId: { in: [...ownerIds] } },
      { grants: { some: { key: { in: [...keys] }, readUntil: { gt: now } } } },
      ...narrowed.map(({ key, ownerIds: within }) => ({
        ownerId: { in: [...within] },
        grants: { some: { key, readUntil: { gt: now } } },
      })),
    ],
  };
}

function askedOf({ database: { reader }, known }: Bench, visible: Prisma.RecordWhereInput) {
  const where = { AND: [visible, { moduleId: known.moduleIds[0] ?? "" }] };
  return {
    page: async (limit: number) => {
      const rows = await reader.record.findMany({
        where,
        orderBy: { id: "desc" },
        take: limit,
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    total: () => reader.record.count({ where }),
    check: async (id: string) =>
      (await reader.record.findFirst({ where: { AND: [visible, { id }] }, select: { id: true } })) !== null,
  };
}
