import { v7 } from "uuid";
import type { Tx } from "../../database/database.ts";
import { InvalidInput } from "../../kernel/fault.ts";
import { asId, type OrgId, type UserId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/instant.ts";
import { foldEmail, isEmail } from "../../kernel/text.ts";
import type { Viewer } from "../core/viewer.ts";

/** Reads the address of an agent, in lower case; null when none is named. @throws {InvalidInput} naming the input. */
export function readAgent(field: string, address: string | null | undefined): string | null {
  if (address == null) return null;
  const email = address.trim();
  if (!isEmail(email)) throw new InvalidInput(field, "This is no email address.");
  return foldEmail(email);
}

/**
 * The address of whom the vendor lets come in: the one that is named, or the only one that there is (SA-02).
 *
 * @throws {InvalidInput} naming the input, unless it is on the vendor's list or a member's.
 */
export function admissibleAgent(viewer: Viewer, field: string, named: string | null): string {
  const { supportAgents } = viewer.store;
  const agent = named ?? onlyAgent(field, [...supportAgents.keys()]);
  if (supportAgents.has(agent) || isMember(viewer, agent)) return agent;
  throw new InvalidInput(field, `${agent} is not on the vendor's list of support agents.`, {
    requirement: "SA-02",
  });
}

/** An agent is somebody outside. @throws {InvalidInput} `CONFLICT` for the address of a member. */
export function requireOutside(viewer: Viewer, field: string, agent: string): void {
  if (!isMember(viewer, agent)) return;
  throw new InvalidInput(field, `${agent} is a user of the organisation; an agent is somebody outside.`, {
    code: "CONFLICT",
    requirement: "SA-02",
  });
}

function isMember({ policy }: Viewer, email: string): boolean {
  const user = policy.usersByEmail.get(email);
  return user !== undefined && user.license !== "SUPPORT";
}

function onlyAgent(field: string, agents: readonly string[]): string {
  const [agent, ...others] = agents;
  if (agent !== undefined && others.length === 0) return agent;
  const reason =
    agent === undefined
      ? "There is nobody on the vendor's list of support agents."
      : "There are several agents: say which one is to come in.";
  throw new InvalidInput(field, reason, { requirement: "SA-02" });
}

/**
 * The hidden user of an agent (SA-06), made the first time that the agent comes in. The address must be nobody else's.
 *
 * To be called under the organisation's lock: the number of a user is given once.
 */
export async function agentUser(
  tx: Tx,
  orgId: OrgId,
  email: string,
  now: Instant,
): Promise<{ readonly id: UserId; readonly seq: number }> {
  const known = await tx.user.findFirst({ where: { orgId, email, license: "SUPPORT" } });
  if (known !== null) return { id: asId(known.id), seq: known.seq };
  const { nextUserSeq } = await tx.organization.update({
    where: { id: orgId },
    data: { nextUserSeq: { increment: 1 } },
    select: { nextUserSeq: true },
  });
  const seq = nextUserSeq - 1;
  const id: UserId = asId(v7({ msecs: now }));
  await tx.user.create({
    data: {
      orgId,
      id,
      seq,
      email,
      name: "Support",
      status: "ACTIVE",
      license: "SUPPORT",
      createdAt: new Date(now),
    },
  });
  return { id, seq };
}
