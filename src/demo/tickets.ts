import { type Made, numbered, someTime, type Workshop } from "./workshop.ts";
import type { WrittenRecord } from "./written.ts";

const TROUBLES = {
  balance: ["drifts after an hour", "shows no weight", "needs its yearly calibration"],
  centrifuge: ["vibrates at full speed", "lid does not lock", "stops with error 14"],
  microscope: ["stage is stuck", "image stays dark", "software finds no camera"],
  spectrometer: ["lamp is weak", "baseline is noisy", "loses its connection"],
} as const;
const SEVERITIES = ["low", "low", "normal", "normal", "normal", "urgent", "safety"] as const;

/** Tickets of the service team's members; those who may only ask own a few. */
export function makeTickets(workshop: Workshop, accounts: readonly Made[], count: number): Made[] {
  const { dice, membersOf } = workshop;
  const workers = membersOf("tickets", ["ADMIN", "MANAGER", "MEMBER"]);
  const askers = membersOf("tickets", ["PARTICIPANT", "REQUESTER"]);
  const records = Array.from({ length: count }, (): WrittenRecord => {
    const { key, record: account } = dice.pick(accounts);
    const instrument = dice.pick(Object.keys(TROUBLES) as (keyof typeof TROUBLES)[]);
    const createdAt = someTime(workshop, account.createdAt);
    return {
      owner: dice.chance(82) ? dice.pick(workers) : dice.pick(askers),
      name: `${account.name}: ${instrument} ${dice.pick(TROUBLES[instrument])}`,
      createdAt,
      values: { account: key, instrument, severity: dice.pick(SEVERITIES), openedAt: createdAt },
    };
  });
  return numbered("ticket", records);
}
