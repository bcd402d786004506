import { beforeEach, expect, test } from "vitest";
import { describeOnBoth } from "../../database.ts";
import { AGENT, type Gateway, onlyError, openGateway } from "../gateway.ts";
import { mailedTo } from "../mutations/rows/invitation.ts";
import { mutationText } from "../mutations/rows.ts";
import { ACME, NOW } from "../world.ts";

const [PAM, PIA, RAY, REX, ROOT] = ["pam", "pia", "ray", "rex", "root"].map(
  (name) => `${name}@acme.test`,
) as [string, string, string, string, string];
const NEW = "new@acme.test";
const DAY = 24 * 60 * 60 * 1_000;

/** Ada is an administrator of the suite; the people of `plain` may send mail, which Pia may not. */
const WORLD = ACME.replace(
  "  people: { name",
  "  nothing: { name: Nothing, modules: {}, capabilities: [] }\n  people: { name",
)
  .replace(
    "  rex@acme.test: { name: Rex, role: rep,",
    "  rex@acme.test: { name: Rex, role: rep, profile: nothing,",
  )
  .replace(
    "groups:\n",
    "  ada@acme.test: { name: Ada, role: service, profile: nothing, administrator: true }\n  gone@acme.test: { name: Gone, role: rep, profile: nothing, status: DELETED }\ngroups:\n",
  );
const ADA = "ada@acme.test";

describeOnBoth("addresses of people", (open) => {
  let gateway: Gateway;
  const clock = { at: NOW };
  beforeEach(async () => {
    clock.at = NOW;
    gateway = await openGateway((await open()).database, WORLD, { clock: { now: () => clock.at } });
  });

  const CHANGE = mutationText("changeUserEmail", "user { name email } isConfirmationSent");
  const CONFIRM = mutationText("confirmUserEmail", "user { name email }");
  const change = async (as: string, whom: string, email = NEW) =>
    gateway.ask(as, CHANGE, { input: { id: await gateway.user(whom), email } });
  const confirm = (as: string | null, token: string) => gateway.ask(as, CONFIRM, { input: { token } });
  const rowOf = (email: string) => gateway.database.reader.user.findFirst({ where: { email } });
  const signsIn = async (email: string) =>
    (await gateway.ask(email, "{ viewer { user { name } } }")).data?.["viewer"]?.user.name ?? null;

  test("UA-63 one's own: the mail that goes to the new address asks, and its token makes it one's own", async () => {
    const before = await rowOf(RAY);
    const asked = await change(RAY, RAY, "New@Acme.test");
    expect(asked.data?.["changeUserEmail"]).toEqual({
      user: { name: "Ray", email: RAY },
      isConfirmationSent: true,
    });
    expect(await signsIn(RAY)).toBe("Ray");
    expect(await signsIn(NEW)).toBeNull();
    const token = await mailedTo(gateway, NEW);
    clock.at += 1_000;
    expect((await confirm(RAY, token)).errors).toBeUndefined();
    clock.at += 1;
    expect(await signsIn(NEW)).toBe("Ray");
    expect(await signsIn(RAY)).toBeNull();
    const { email: _, addressSince, ...kept } = (await rowOf(NEW))!;
    expect(addressSince).toEqual(new Date(NOW + 1_000));
    expect(before).toMatchObject(kept);
    // The old address hears of it.
    const { outbox } = await gateway.data(ROOT, "{ outbox { to subject token } }");
    expect(outbox[0]).toEqual({ to: RAY, subject: "Your address in Acme was changed", token: null });
    const told = await gateway.database.reader.auditEvent.findMany({
      where: { action: { contains: "ADDRESS" } },
      orderBy: { sequence: "asc" },
    });
    expect(told).toMatchObject([
      { action: "REQUEST_ADDRESS", before: { email: RAY }, after: { email: NEW } },
      { action: "CHANGE_ADDRESS", before: { email: RAY }, after: { email: NEW }, actorId: before?.id },
    ]);
  });

  test("UA-63 the token is for the very person alone, works once, and for a day", async () => {
    await change(RAY, RAY);
    const token = await mailedTo(gateway, NEW);
    expect(onlyError(await confirm(null, token)).extensions["code"]).toBe("UNAUTHENTICATED");
    for (const other of [REX, ROOT, PIA])
      expect(onlyError(await confirm(other, token)).extensions).toMatchObject({
        code: "NOT_FOUND",
        field: "input.token",
      });
    clock.at = NOW + DAY;
    expect(onlyError(await confirm(RAY, token)).extensions).toMatchObject({
      code: "ACTION_NOT_AVAILABLE",
      requirement: "UA-63",
    });
    clock.at -= 1;
    expect((await confirm(RAY, token)).errors).toBeUndefined();
    expect(onlyError(await confirm(NEW, token)).extensions["code"]).toBe("NOT_FOUND");
  });

  test("UA-63 asking again makes the first token worthless", async () => {
    await change(RAY, RAY, "first@acme.test");
    const first = await mailedTo(gateway, "first@acme.test");
    await change(RAY, RAY, "second@acme.test");
    expect(onlyError(await confirm(RAY, first)).extensions["code"]).toBe("NOT_FOUND");
    expect((await confirm(RAY, await mailedTo(gateway, "second@acme.test"))).errors).toBeUndefined();
  });

  test("UA-63 AP-03 whoever asks for themselves does not learn who has which address", async () => {
    const free = await change(RAY, RAY, NEW);
    const taken = await change(RAY, RAY, REX);
    expect(taken).toEqual({ ...free, extensions: expect.anything() });
    // Only who reads its mail is told.
    const token = await mailedTo(gateway, REX);
    expect(onlyError(await confirm(RAY, token)).extensions).toMatchObject({
      code: "CONFLICT",
      field: "input.token",
      requirement: "UA-22",
    });
    expect(await signsIn(RAY)).toBe("Ray");
    expect(await signsIn(REX)).toBe("Rex");
  });

  test("UA-63 AP-10 nobody's mailbox is flooded by who asks again and again", async () => {
    for (let mail = 0; mail < 20; mail += 1) await change(RAY, RAY, `n${mail}@acme.test`);
    expect(onlyError(await change(RAY, RAY)).extensions).toMatchObject({ code: "LIMIT_EXCEEDED" });
  });

  test.each([
    ["who manages people that of who has no more than they", PIA, REX],
    ["an administrator anybody's", ROOT, RAY],
    ["an administrator that of an administrator of the suite", ROOT, ADA],
    ["an administrator of the suite that of who has no more than they", ADA, REX],
    ["an administrator that of who is inactive", ROOT, "ian@acme.test"],
  ])("UA-63 %s: it changes at once", async (_, as, whom) => {
    const { data } = await change(as, whom);
    expect(data?.["changeUserEmail"]).toMatchObject({ user: { email: NEW }, isConfirmationSent: false });
    expect(await rowOf(whom)).toBeNull();
  });

  test.each([
    ["somebody without the capability another's", RAY, REX],
    ["who manages people that of who may more than they", PIA, RAY],
    ["who manages people that of an administrator of the suite", PIA, ADA],
    ["an administrator of the suite that of who may more than they", ADA, RAY],
    ["who manages people that of the super administrator", PIA, ROOT],
    ["an administrator of the suite that of the super administrator", ADA, ROOT],
    ["the support agent anybody's", AGENT, REX],
  ])("UA-63 %s: refused, and nothing changes", async (_, as, whom) => {
    expect(onlyError(await change(as, whom)).extensions["code"]).toBe("FORBIDDEN");
    expect(await rowOf(NEW)).toBeNull();
    expect(await gateway.database.reader.mailMessage.count()).toBe(0);
  });

  test("UA-63 SA-02 the support agent's own is for the vendor", async () => {
    const agent = await gateway.database.reader.user.findFirstOrThrow({ where: { license: "SUPPORT" } });
    const { viewer } = await gateway.data(AGENT, "{ viewer { user { id } } }");
    expect(agent.email).toBe(AGENT);
    const answer = await gateway.ask(AGENT, CHANGE, { input: { id: viewer.user.id, email: NEW } });
    expect(onlyError(answer).extensions["code"]).toBe("FORBIDDEN");
  });

  test("UA-22 an address that somebody has is CONFLICT, whatever its case", async () => {
    for (const email of [RAY, "RAY@acme.test", AGENT, REX])
      expect(onlyError(await change(ROOT, REX, email)).extensions).toMatchObject({
        code: "CONFLICT",
        field: "input.email",
      });
  });

  test("UA-22 two who are given one address at once: one has it, the other is CONFLICT", async () => {
    for (let round = 0; round < 10; round += 1) {
      const email = `n${round}@acme.test`;
      const ids = await gateway.database.reader.user.findMany({
        where: { name: { in: ["Ray", "Rex"] } },
        select: { id: true },
      });
      const answers = await Promise.all(
        ids.map(async ({ id }) => {
          const global = Buffer.from(`User:${id}`).toString("base64url");
          return gateway.ask(ROOT, CHANGE, { input: { id: global, email } });
        }),
      );
      expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
      const refused = answers.find(({ errors }) => errors !== undefined);
      expect(onlyError(refused!).extensions["code"]).toBe("CONFLICT");
    }
  });

  test("UA-61 a deleted person has no address any more", async () => {
    await gateway.database.write((tx) =>
      tx.user.updateMany({ where: { name: "Gone" }, data: { email: null } }),
    );
    const gone = await gateway.database.reader.user.findFirstOrThrow({ where: { name: "Gone" } });
    const id = Buffer.from(`User:${gone.id}`).toString("base64url");
    expect(
      onlyError(await gateway.ask(ROOT, CHANGE, { input: { id, email: NEW } })).extensions,
    ).toMatchObject({
      code: "ACTION_NOT_AVAILABLE",
      field: "input.id",
    });
  });

  test.each(["", "nobody", "a b@acme.test", "a@b@c", `${"x".repeat(250)}@x.test`, "x@\u0000"])(
    "UA-22 %j is no address",
    async (email) => {
      expect(onlyError(await change(ROOT, REX, email)).extensions).toMatchObject({
        code: "BAD_USER_INPUT",
        field: "input.email",
      });
    },
  );

  test("UA-63 UA-21 who has not come yet is invited anew under the new address, and the old invitation is void", async () => {
    await gateway.data(PIA, mutationText("resendInvitation"), { input: { id: await gateway.user(PAM) } });
    const old = await mailedTo(gateway, PAM);
    expect((await change(ROOT, PAM)).errors).toBeUndefined();
    const accept = (token: string) =>
      gateway.ask(null, mutationText("acceptInvitation", "user { email }"), { input: { token } });
    expect(onlyError(await accept(old)).extensions["code"]).toBe("NOT_FOUND");
    const accepted = await accept(await mailedTo(gateway, NEW));
    expect(accepted.data?.["acceptInvitation"].user).toEqual({ email: NEW });
  });

  test("UA-63 neither a former nor a later holder of an address comes in as another", async () => {
    const asOld = await gateway.token(RAY);
    const asNew = await gateway.token(NEW);
    clock.at += 5_000;
    expect((await change(ROOT, RAY)).errors).toBeUndefined();
    // Rex takes the address that was Ray's.
    expect((await change(ROOT, REX, RAY)).errors).toBeUndefined();
    const who = async (token: string) => {
      const answer = await gateway.fetch(
        new Request("http://localhost/graphql", {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
          body: JSON.stringify({ query: "{ viewer { user { name } } }" }),
        }),
      );
      return [
        answer.status,
        ((await answer.json()) as { data?: { viewer: { user: { name: string } } } }).data?.viewer.user.name,
      ];
    };
    // Ray's token of before names the address that is Rex's now, and that of a stranger the one that is Ray's.
    expect(await who(asOld)).toEqual([401, undefined]);
    expect(await who(asNew)).toEqual([401, undefined]);
    clock.at += 1;
    expect(await who(await gateway.token(RAY))).toEqual([200, "Rex"]);
    expect(await who(await gateway.token(NEW))).toEqual([200, "Ray"]);
  });
});
