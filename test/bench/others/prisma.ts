import type { Prisma, PrismaClient } from "../../../src/database/generated/sqlite/client.ts";
import type { Bench } from "../bench.ts";
import type { Contender } from "./contender.ts";
import { prismaClientOf } from "./prisma-client.ts";
import type { Rights } from "./rights.ts";

/** A `where` written by hand, as an application without any library for permissions has it. */
export const prismaWhere: Contender = {
  name: "Prisma where",
  isFor: () => true,
  isBare: false,
  async open(bench) {
    const { client, close } = prismaClientOf(bench);
    return { as: async (rights) => askedOf(client, bench, visibleTo(rights)), close };
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

function askedOf(client: PrismaClient, { known }: Bench, visible: Prisma.RecordWhereInput) {
  const where = { AND: [visible, { moduleId: known.moduleIds[0] ?? "" }] };
  return {
    page: async (limit: number) => {
      const rows = await client.record.findMany({
        where,
        orderBy: { id: "desc" },
        take: limit,
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    total: () => client.record.count({ where }),
    check: async (id: string) =>
      (await client.record.findFirst({ where: { AND: [visible, { id }] }, select: { id: true } })) !== null,
  };
}
