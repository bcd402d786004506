import { setTimeout as sleep } from "node:timers/promises";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, expect, test } from "vitest";
import type { Database } from "../../../src/database/database.ts";
import { DELIVERY_MS } from "../../../src/store/mail/post.ts";
import { LEASE_MS } from "../../../src/store/mail/send.ts";
import { TOKEN_MS } from "../../../src/store/mail/write.ts";
import { describeOnBoth, openTestStore } from "../../database.ts";
import { CERTIFICATE } from "../../mail/certificate.ts";
import {
  type MailServer,
  type MailServerOptions,
  startMailServer,
  type Verdict,
} from "../../mail/mail-server.ts";
import { addressOf, local, openMailWorld, PAGE, SENDER } from "./mail-world.ts";

const servers: MailServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serverWith(options: MailServerOptions = {}): Promise<MailServer> {
  const server = await startMailServer(options);
  servers.push(server);
  return server;
}

const LINK = new RegExp(`${PAGE.href}#token=([\\w-]{43})`);

/** The database, except that so many writes from the nth on fail. */
function failingAt(database: Database, nth: number): Database {
  let count = 0;
  return {
    ...database,
    write: (work, options) => {
      count += 1;
      return count === nth ? Promise.reject(new Error("the process died")) : database.write(work, options);
    },
  };
}

describeOnBoth("sending mail", (open) => {
  test("UA-20 an invitation goes out as text and HTML, once, and the token is kept nowhere but in it", async () => {
    const world = await openMailWorld((await open()).database);
    const server = await serverWith();
    await world.invite();
    const [waiting] = await world.rows();
    expect(waiting).toMatchObject({
      status: "WAITING",
      attempts: 0,
      secret: expect.stringMatching(/^[\w-]{43}$/),
    });
    const instance = world.instance(local(server.port));
    await instance.idle();
    await instance.idle();
    expect(server.arrived).toHaveLength(1);
    const [mail] = server.arrived;
    expect(mail).toMatchObject({
      recipients: [addressOf(0)],
      sender: SENDER,
      messageId: `<${waiting?.id}@acme.test>`,
      subject: "Ada invites you to Acme",
    });
    expect(mail?.headers).toContain("Auto-Submitted: auto-generated");
    const token = LINK.exec(mail?.text ?? "")?.[1];
    expect(token).toBe(waiting?.secret);
    expect(mail?.html).toContain(`#token=${token}`);
    expect(await world.rows()).toMatchObject([
      {
        status: "SENT",
        secret: null,
        claim: null,
        attempts: 1,
        isDoubtful: false,
        endedAt: new Date(world.clock.at),
      },
    ]);
    const [{ hash } = { hash: "" }] = await world.database.reader.mailedToken.findMany();
    expect(hash).not.toContain(token);
  });

  test("UA-20 the mail is in the language of the organisation", async () => {
    const world = await openMailWorld((await open()).database, 1, "JA");
    const server = await serverWith();
    await world.invite();
    await world.instance(local(server.port)).idle();
    expect(server.arrived[0]?.subject).toBe("AdaさんからAcmeへの招待が届いています");
    expect(server.arrived[0]?.text).toContain("招待を承諾する");
  });

  test("UA-21 a second invitation takes the place of the first, whose mail does not go if it has not gone", async () => {
    const world = await openMailWorld((await open()).database);
    const server = await serverWith();
    await world.invite();
    await world.invite();
    expect(await world.openTokens()).toBe(1);
    await world.instance(local(server.port)).idle();
    expect(server.arrived).toHaveLength(1);
    expect((await world.rows()).map(({ status, secret }) => `${status} ${secret}`).sort()).toEqual([
      "SENT null",
      "WITHDRAWN null",
    ]);
  });

  test("UA-13 who is not invited any more gets no mail, and holds no token", async () => {
    const world = await openMailWorld((await open()).database, 3);
    const server = await serverWith();
    await world.invite();
    await world.withdraw();
    await world.instance(local(server.port)).idle();
    expect(server.arrived).toEqual([]);
    expect(await world.openTokens()).toBe(0);
    expect(new Set((await world.rows()).map(({ status, secret }) => `${status} ${secret}`))).toEqual(
      new Set(["WITHDRAWN null"]),
    );
  });

  test("UA-20 several instances share the mail out: each goes once", async () => {
    const { database, url } = await open();
    const world = await openMailWorld(database, 40);
    const server = await serverWith();
    await world.invite();
    const elsewhere = await openTestStore(url);
    try {
      const instances = [database, database, elsewhere, elsewhere].map((over) =>
        world.instance(local(server.port), over),
      );
      await Promise.all(instances.map((instance) => instance.idle()));
    } finally {
      await elsewhere.close();
    }
    const expected = Array.from({ length: 40 }, (_, at) => addressOf(at));
    expect(server.arrived.map(({ recipients }) => recipients[0]).sort()).toEqual(expected);
    expect((await world.rows()).every(({ status, isDoubtful }) => status === "SENT" && !isDoubtful)).toBe(
      true,
    );
  });

  test("UA-20 what the server will not take now is tried again after pauses that grow, under the same Message-ID", async () => {
    const world = await openMailWorld((await open()).database);
    let refusals = 3;
    const seen: string[] = [];
    const server = await serverWith({
      onMail: ({ messageId }) => {
        seen.push(messageId);
        refusals -= 1;
        return refusals >= 0 ? 451 : undefined;
      },
    });
    await world.invite();
    const instance = world.instance(local(server.port));
    const pauses: number[] = [];
    for (;;) {
      await instance.idle();
      const [row] = await world.rows();
      if (row?.status !== "WAITING") break;
      expect(row).toMatchObject({ failure: "EMESSAGE 451 to DATA", isDoubtful: false, claim: null });
      pauses.push(row.dueAt.getTime() - world.clock.at);
      // A moment earlier it is not tried.
      world.clock.at = row.dueAt.getTime() - 1;
      await instance.idle();
      expect(seen).toHaveLength(pauses.length);
      world.clock.at = row.dueAt.getTime();
    }
    expect(pauses).toEqual([60_000, 120_000, 240_000]);
    expect(new Set(seen).size).toBe(1);
    expect(server.arrived).toHaveLength(1);
    expect(await world.rows()).toMatchObject([
      { status: "SENT", attempts: 4, isDoubtful: false, secret: null },
    ]);
  });

  test.each([
    ["its receiver", { onRecipient: () => 550 }, "EENVELOPE 550 to RCPT TO"],
    ["the mail", { onMail: () => 554 }, "EMESSAGE 554 to DATA"],
  ] as const)(
    "UA-20 when the server refuses %s for good, the mail is given up at once and the log says so",
    async (_, options, reason) => {
      const world = await openMailWorld((await open()).database);
      const server = await serverWith(options);
      await world.invite();
      await world.instance(local(server.port)).idle();
      expect(server.arrived).toEqual([]);
      const [row] = await world.rows();
      expect(row).toMatchObject({ status: "GIVEN_UP", secret: null, failure: reason });
      const events = await world.database.reader.auditEvent.findMany({ where: { action: "GIVE_UP_MAIL" } });
      expect(events).toMatchObject([
        {
          actorId: null,
          targetType: "User",
          targetId: row?.userId,
          after: { kind: "INVITATION", address: addressOf(0), attempts: 1, reason },
        },
      ]);
    },
  );

  test("UA-20 a receiver who is refused keeps nobody else's mail back", async () => {
    const world = await openMailWorld((await open()).database, 12);
    const server = await serverWith({
      onRecipient: (address) => (address === addressOf(0) ? 550 : undefined),
    });
    await world.invite();
    await world.instance(local(server.port)).idle();
    expect(server.arrived).toHaveLength(11);
  });

  test("UA-20 while no server answers all mail waits, which is heard of without a name; then it goes", async () => {
    const world = await openMailWorld((await open()).database, 7);
    const server = await serverWith();
    await server.close();
    servers.pop();
    await world.invite();
    const instance = world.instance(local(server.port));
    await expect(instance.idle()).rejects.toThrow(/^mail is not sent: ESOCKET$/);
    expect((await world.rows()).every(({ status, isDoubtful }) => status === "WAITING" && !isDoubtful)).toBe(
      true,
    );
    const again = await serverWith({ port: server.port });
    world.clock.at += 60 * 60_000;
    await instance.idle();
    expect(again.arrived).toHaveLength(7);
    await instance.stop();
  });

  test("UA-20 mail that nobody carries in time is given up, post or no post", async () => {
    const world = await openMailWorld((await open()).database, 2);
    await world.invite();
    const instance = world.instance(null);
    await instance.idle();
    expect((await world.rows()).map(({ status }) => status)).toEqual(["WAITING", "WAITING"]);
    world.clock.at += TOKEN_MS.INVITATION - 1;
    await instance.idle();
    expect((await world.rows()).map(({ status }) => status)).toEqual(["WAITING", "WAITING"]);
    world.clock.at += 1;
    await instance.idle();
    expect((await world.rows()).map(({ status, secret }) => [status, secret])).toEqual([
      ["GIVEN_UP", null],
      ["GIVEN_UP", null],
    ]);
  });

  test.each<[string, Verdict[], number]>([
    ["the line breaks after the last byte", ["HANG_UP", undefined], 2],
    ["it breaks twice", ["HANG_UP", "HANG_UP", undefined], 3],
  ])(
    "UA-20 when %s, the mail goes again under the same Message-ID and its row says that it may be there twice",
    async (_, verdicts, copies) => {
      const world = await openMailWorld((await open()).database);
      const server = await serverWith({ onMail: () => verdicts.shift() });
      await world.invite();
      const instance = world.instance(local(server.port));
      for (let attempt = 0; attempt < copies; attempt += 1) {
        await instance.idle();
        world.clock.at += 60 * 60_000;
      }
      expect(server.arrived).toHaveLength(copies);
      expect(new Set(server.arrived.map(({ messageId }) => messageId)).size).toBe(1);
      expect(await world.rows()).toMatchObject([
        { status: "SENT", attempts: copies, isDoubtful: true, secret: null },
      ]);
    },
  );

  test.each([
    ["before it began", 2],
    ["before it could say that it was taken", 3],
  ])(
    "UA-20 what an instance had taken that died %s another sends, when its time is over, and says so",
    async (_, nth) => {
      const world = await openMailWorld((await open()).database);
      const server = await serverWith();
      await world.invite();
      const dying = world.instance(local(server.port), failingAt(world.database, nth - 1));
      await expect(dying.idle()).rejects.toThrow("the process died");
      await dying.stop();
      const instance = world.instance(local(server.port));
      world.clock.at += LEASE_MS - 1;
      await instance.idle();
      const [row] = await world.rows();
      const wasTaken = row?.status === "SENDING";
      expect(server.arrived).toHaveLength(wasTaken ? 1 : 1);
      world.clock.at += 1;
      await instance.idle();
      expect(await world.rows()).toMatchObject([{ status: "SENT", isDoubtful: wasTaken, secret: null }]);
      expect(server.arrived).toHaveLength(wasTaken ? 2 : 1);
    },
  );

  test("AP-31 UA-20 an instance that is stopped waits a few seconds for a mail server that says nothing, and no longer", async () => {
    const world = await openMailWorld((await open()).database);
    const server = await serverWith({ smtp: { onConnect: () => {} } });
    await world.invite();
    const instance = world.instance(local(server.port));
    const running = instance.idle().catch(() => {});
    while ((await world.rows())[0]?.status !== "SENDING") await sleep(10);
    const begun = performance.now();
    await instance.stop();
    expect(performance.now() - begun).toBeLessThan(9_000);
    await running;
    expect(await world.rows()).toMatchObject([{ status: "WAITING", isDoubtful: false, failure: "EABORT" }]);
  });

  test("UA-20 mail that has gone is forgotten after thirty days, and the token that expired", async () => {
    const world = await openMailWorld((await open()).database, 3);
    const server = await serverWith();
    await world.invite();
    await world.instance(local(server.port)).idle();
    const day = 24 * 60 * 60_000;
    world.clock.at += 30 * day;
    await world.instance(null).idle();
    expect(await world.rows()).toHaveLength(3);
    world.clock.at += 1;
    await world.instance(null).idle();
    expect(await world.rows()).toEqual([]);
    expect(await world.openTokens()).toBe(3);
    world.clock.at += 7 * day;
    await world.instance(null).idle();
    expect(await world.openTokens()).toBe(0);
  });
});

describeOnBoth("the way to the mail server", (open) => {
  const secure = { ...CERTIFICATE, disabledCommands: [] };
  const login = { user: "sightline", password: "p@ss:word/1" };
  const withLogin = {
    authOptional: false,
    onAuth: ({ username, password }, _, done) =>
      username === login.user && password === login.password
        ? done(null, { user: login.user })
        : done(new Error("No.")),
  } satisfies SMTPServerOptions;
  const trusted = getCACertificates("default");
  afterEach(() => setDefaultCACertificates(trusted));

  test.each([
    ["from the first byte", { ...secure, secure: true }, "AT_ONCE"],
    ["by STARTTLS", secure, "UPGRADE"],
  ] as const)("UA-20 under TLS %s, with a login", async (_, smtp, tls) => {
    setDefaultCACertificates([...trusted, CERTIFICATE.cert]);
    const world = await openMailWorld((await open()).database);
    const server = await serverWith({ smtp: { ...smtp, ...withLogin } });
    await world.invite();
    await world.instance({ host: "localhost", port: server.port, tls, login }).idle();
    expect(server.arrived).toMatchObject([{ isSecure: true, user: "sightline" }]);
  });

  test.each([
    ["whose certificate nobody has signed", { ...secure, secure: true }, "AT_ONCE", null, "ESOCKET"],
    ["that offers no TLS where there must be some", {}, "UPGRADE", null, "ETLS 500 to STARTTLS"],
    [
      "that does not know the login",
      withLogin,
      "NONE",
      { user: "sightline", password: "x" },
      "EAUTH 535 to AUTH PLAIN",
    ],
  ] as const)("UA-20 a server %s is given no mail, and the mail waits", async (_, smtp, tls, by, reason) => {
    const world = await openMailWorld((await open()).database);
    const server = await serverWith({ smtp });
    await world.invite();
    const instance = world.instance({ host: "localhost", port: server.port, tls, login: by });
    await expect(instance.idle()).rejects.toThrow(`mail is not sent: ${reason}`);
    await instance.stop();
    expect(server.arrived).toEqual([]);
    expect(await world.rows()).toMatchObject([{ status: "WAITING", isDoubtful: false, failure: reason }]);
  });

  test.each([
    ["two addresses in one", "a,b@acme.test"],
    ["a name before one", "x<y>@acme.test"],
    ["a remark in one", "x(y)@acme.test"],
    ["a group of them", "a:b@acme.test"],
    ["two domains", "a@acme.test,other.test"],
  ])("UA-20 %s is no address that mail is sent to: it goes to nobody else", async (_, address) => {
    const world = await openMailWorld((await open()).database);
    const server = await serverWith();
    await world.invite();
    await world.database.write((tx) => tx.mailMessage.updateMany({ data: { address } }));
    await world.instance(local(server.port)).idle();
    expect(server.arrived).toEqual([]);
    expect(await world.rows()).toMatchObject([{ status: "GIVEN_UP", failure: "EADDRESS", secret: null }]);
  });

  test("UA-20 an address in any script reaches its receiver as it is written", async () => {
    const world = await openMailWorld((await open()).database);
    const server = await serverWith();
    await world.invite();
    await world.database.write((tx) =>
      tx.mailMessage.updateMany({ data: { address: "jürgen+x@acme.test" } }),
    );
    await world.instance(local(server.port)).idle();
    expect(server.arrived).toMatchObject([{ recipients: ["jürgen+x@acme.test"] }]);
  });
});

test("UA-20 an attempt ends long before others take the mail over", () => {
  expect(LEASE_MS).toBeGreaterThanOrEqual(2 * DELIVERY_MS);
});
