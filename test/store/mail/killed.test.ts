import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { LEASE_MS } from "../../../src/store/mail/send.ts";
import { describeOnBoth } from "../../database.ts";
import { startMailServer } from "../../mail/mail-server.ts";
import { diceOf } from "../../random/dice.ts";
import { size } from "../../size.ts";
import { addressOf, NOW, openMailWorld } from "./mail-world.ts";

const PEOPLE = 200;

const PROGRAM = fileURLToPath(new URL("./sender.ts", import.meta.url));

async function startSender(url: string, port: number, from: number): Promise<ChildProcess> {
  const child = fork(PROGRAM, [url, String(port), String(from)], {
    execArgv: [],
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  await once(child, "message");
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

describeOnBoth("a sender that is killed", (open, kind) => {
  test(`UA-20 ${PEOPLE} invitations while the sender is killed at ${size.kills} random moments: none is lost, none goes twice without being said so`, async () => {
    const dice = diceOf(kind === "sqlite" ? 11 : 12);
    const { database, url } = await open({ isDurable: true });
    const world = await openMailWorld(database, PEOPLE);
    await world.invite();
    const server = await startMailServer({ onMail: async () => void (await sleep(dice.between(0, 20))) });
    try {
      // Whoever comes after the dead waits out what they had taken: here the clock has gone on instead.
      for (let life = 0; life < size.kills; life += 1) {
        const sender = await startSender(url, server.port, NOW + life * LEASE_MS);
        const enough = server.arrived.length + dice.between(0, Math.floor(PEOPLE / size.kills));
        const until = performance.now() + dice.between(50, 3_000);
        while (server.arrived.length < enough && performance.now() < until) await sleep(dice.between(1, 10));
        await kill(sender);
      }
      const last = await startSender(url, server.port, NOW + size.kills * LEASE_MS);
      const isDone = async () => (await world.rows()).every(({ status }) => status === "SENT");
      while (!(await isDone())) await sleep(50);
      await kill(last);
    } finally {
      await server.close();
    }

    const byAddress = Map.groupBy(server.arrived, ({ recipients }) => recipients[0]);
    expect([...byAddress.keys()].sort()).toEqual(Array.from({ length: PEOPLE }, (_, at) => addressOf(at)));
    const rows = new Map((await world.rows()).map((row) => [row.address, row]));
    for (const [address = "", copies] of byAddress) {
      const row = rows.get(address);
      // However often it came, it is one mail to whoever receives it.
      expect(new Set(copies.map(({ messageId }) => messageId))).toEqual(new Set([`<${row?.id}@acme.test>`]));
      if (copies.length > 1) expect([address, row?.isDoubtful]).toEqual([address, true]);
    }
    expect([...rows.values()].every(({ secret }) => secret === null)).toBe(true);
  });
});
