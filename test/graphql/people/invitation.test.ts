import { beforeEach, expect, test } from "vitest";
import { applyOrganizationFile } from "../../../src/file/apply.ts";
import type { OpenDatabase } from "../../database.ts";
import { describeOnBoth } from "../../database.ts";
import { type Gateway, onlyError, openGateway } from "../gateway.ts";
import { mailedTo } from "../mutations/rows/invitation.ts";
import { mutationText } from "../mutations/rows.ts";
import { ACME, NOW } from "../world.ts";

const [PAM, PIA, RAY, ROOT] = ["pam@acme.test", "pia@acme.test", "ray@acme.test", "root@acme.test"] as const;
const DAY = 24 * 60 * 60 * 1_000;

const ACCEPT = mutationText("acceptInvitation", "user { id name email status role { key } } token");
const RESEND = mutationText("resendInvitation", "user { status }");

/** The gateway, with a clock that can be moved. */
async function openAt(open: OpenDatabase, settings: Readonly<Record<string, string>> = {}) {
  const clock = { at: NOW };
  const { database } = await open();
  const gateway = await openGateway(database, ACME, { clock: { now: () => clock.at }, settings });
  return { gateway, clock };
}

describeOnBoth("invitations", (open) => {
  let gateway: Gateway;
  let clock: { at: number };
  beforeEach(async () => {
    ({ gateway, clock } = await openAt(open));
  });

  const resend = async (as: string = PIA, whom: string = PAM) =>
    gateway.ask(as, RESEND, { input: { id: await gateway.user(whom) } });
  const accept = (token: string, as: string | null = null) => gateway.ask(as, ACCEPT, { input: { token } });
  async function invited(): Promise<string> {
    expect((await resend()).errors).toBeUndefined();
    return mailedTo(gateway, PAM);
  }
  const events = () =>
    gateway.database.reader.auditEvent.findMany({
      where: { action: { contains: "INVITATION" } },
      orderBy: { sequence: "asc" },
    });

  test("UA-20 whoever shows the token is active from the next request on, and in development signed in by a token", async () => {
    const token = await invited();
    expect(onlyError(await gateway.ask(PAM, "{ viewer { user { name } } }")).extensions["code"]).toBe(
      "UNAUTHENTICATED",
    );
    const { data, errors } = await accept(token);
    expect(errors).toBeUndefined();
    expect(data?.["acceptInvitation"].user).toEqual({
      id: await gateway.user(PAM),
      name: "Pam",
      email: PAM,
      status: "ACTIVE",
      role: { key: "rep" },
    });
    const signedIn = await gateway.fetch(
      new Request("http://localhost/graphql", {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${data?.["acceptInvitation"].token}`,
        },
        body: JSON.stringify({ query: "{ viewer { user { name } } }" }),
      }),
    );
    expect(await signedIn.json()).toMatchObject({ data: { viewer: { user: { name: "Pam" } } } });
    const pam = await gateway.database.reader.user.findFirstOrThrow({ where: { email: PAM } });
    expect(await events()).toMatchObject([
      { action: "RESEND_INVITATION", targetId: pam.id, after: { email: PAM } },
      {
        action: "ACCEPT_INVITATION",
        actorId: pam.id,
        targetId: pam.id,
        before: { status: "PENDING" },
        after: { status: "ACTIVE" },
      },
    ]);
  });

  test("UA-20 a second accept is refused", async () => {
    const token = await invited();
    expect((await accept(token)).errors).toBeUndefined();
    expect(onlyError(await accept(token)).extensions).toMatchObject({
      code: "NOT_FOUND",
      field: "input.token",
    });
    expect(await events()).toHaveLength(2);
  });

  test("UA-20 a token is good until the very instant at which it expires", async () => {
    const token = await invited();
    clock.at = NOW + 7 * DAY;
    expect(onlyError(await accept(token)).extensions).toMatchObject({
      code: "ACTION_NOT_AVAILABLE",
      field: "input.token",
      requirement: "UA-20",
    });
    clock.at -= 1;
    expect((await accept(token)).errors).toBeUndefined();
  });

  test("UA-21 a new invitation makes the old token worthless at once", async () => {
    const old = await invited();
    const token = await invited();
    expect(token).not.toBe(old);
    expect(onlyError(await accept(old)).extensions["code"]).toBe("NOT_FOUND");
    expect((await accept(token)).errors).toBeUndefined();
  });

  test.each([
    ["an active person", RAY],
    ["an inactive one", "ian@acme.test"],
  ])("UA-21 %s is not invited again", async (_, whom) => {
    expect(onlyError(await resend(PIA, whom)).extensions).toMatchObject({
      code: "ACTION_NOT_AVAILABLE",
      field: "input.id",
      requirement: "UA-21",
    });
    expect(await gateway.database.reader.mailMessage.count()).toBe(0);
  });

  test.each([RAY, "tia@acme.test", "ann@acme.test", "agent@vendor.test"])(
    "UA-02 %s invites nobody again: that is for administrators and who manages users",
    async (as) => {
      expect(onlyError(await resend(as)).extensions["code"]).toBe("FORBIDDEN");
    },
  );

  test("UA-02 administrators and who manages users do", async () => {
    for (const as of [ROOT, PIA]) expect((await resend(as)).errors).toBeUndefined();
  });

  test("UA-21 AP-10 nobody's mailbox is flooded: twenty mails in an hour, and no more", async () => {
    for (let mail = 0; mail < 20; mail += 1) expect((await resend()).errors).toBeUndefined();
    expect(onlyError(await resend()).extensions).toMatchObject({
      code: "LIMIT_EXCEEDED",
      limit: { name: "mailsPerHour", max: 20, actual: 21 },
    });
    clock.at += 60 * 60 * 1_000;
    expect((await resend()).errors).toBeUndefined();
  });

  test.each([
    ["nothing", ""],
    ["a guess", "x".repeat(43)],
    ["more than a token", "x".repeat(10_000)],
    ["U+0000", "\u0000"],
    ["half a character", "\ud83d"],
    ["white space around it", null],
  ])("UA-20 AP-03 %s is no token, and is answered like one that was used", async (_, guess) => {
    const token = await invited();
    const used = token;
    expect((await accept(used)).errors).toBeUndefined();
    const { errors: known } = await accept(used);
    const { errors } = await accept(guess ?? ` ${token}`);
    expect(errors).toEqual(known);
  });

  test("UA-20 AP-03 guessing costs one statement, writes nothing, and takes no turn from who writes", async () => {
    const { statements } = await gateway.database.statementsOf(() => accept("x".repeat(43)));
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatch(/^SELECT/);
    expect((await gateway.database.statementsOf(() => accept("x"))).statements).toEqual([]);
  });

  test("AP-10 who guesses is as limited as anybody without a sign-in", async () => {
    const { gateway: limited } = await openAt(open, { SIGHTLINE_RATE_PER_ADDRESS: "3" });
    const codes: unknown[] = [];
    for (let guess = 0; guess < 4; guess += 1)
      codes.push(
        onlyError(await limited.ask(null, ACCEPT, { input: { token: "x".repeat(43) } })).extensions["code"],
      );
    expect(codes).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND", "LIMIT_EXCEEDED"]);
  });

  test.each([
    ["is deactivated", { status: "INACTIVE" }],
    ["is deleted", { status: "DELETED", email: null }],
    ["has another address", { email: "pamela@acme.test" }],
  ] as const)("UA-13 UA-20 the token of who %s by now opens nothing", async (_, data) => {
    const token = await invited();
    await gateway.database.write(async (tx) => {
      await tx.user.updateMany({ where: { email: PAM }, data });
      await tx.organization.updateMany({ data: { version: { increment: 1 } } });
    });
    expect(onlyError(await accept(token)).extensions["code"]).toBe("NOT_FOUND");
  });

  test("UA-20 a token that asks about an address accepts no invitation", async () => {
    const input = { id: await gateway.user(RAY), email: "raymond@acme.test" };
    await gateway.data(RAY, mutationText("changeUserEmail"), { input });
    const token = await mailedTo(gateway, "raymond@acme.test");
    expect(onlyError(await accept(token)).extensions["code"]).toBe("NOT_FOUND");
  });

  test("EN-11 UA-20 a token opens the account of its own organisation and no other", async () => {
    const other = ACME.replace("key: acme", "key: other");
    await applyOrganizationFile(gateway.database, { text: other, name: "other.yaml" }, null, { now: NOW });
    const token = await invited();
    expect((await accept(token)).errors).toBeUndefined();
    const pams = await gateway.database.reader.user.findMany({
      where: { email: PAM },
      select: { status: true, organization: { select: { key: true } } },
    });
    expect(new Map(pams.map(({ status, organization }) => [organization.key, status]))).toEqual(
      new Map([
        ["acme", "ACTIVE"],
        ["other", "PENDING"],
      ]),
    );
  });

  test("UA-20 the token is a sign-in for its own field alone: what follows it is asked for one", async () => {
    const token = await invited();
    const { data, errors } = await gateway.ask(
      null,
      `mutation ($token: String!) {
        acceptInvitation(input: { token: $token }) { user { name } }
        createRecord(input: { module: "leads", name: "Mine", values: { status: "new" } }) { id }
      }`,
      { token },
    );
    expect(data).toEqual({ acceptInvitation: { user: { name: "Pam" } }, createRecord: null });
    expect(errors).toMatchObject([{ path: ["createRecord"], extensions: { code: "UNAUTHENTICATED" } }]);
  });

  test("UA-20 whoever is signed in as somebody else stays who they are", async () => {
    const token = await invited();
    const answer = await gateway.ask(
      RAY,
      `mutation ($token: String!) {
        acceptInvitation(input: { token: $token }) { user { name } }
        updateRecord(input: { id: "${await gateway.record("leads", "lead-2")}", name: "Ray's" }) { record { owner { name } } }
      }`,
      { token },
    );
    expect(answer.data).toEqual({
      acceptInvitation: { user: { name: "Pam" } },
      updateRecord: { record: { owner: { name: "Ray" } } },
    });
  });

  test("UA-20 of many who accept at once one does, and it happens once", async () => {
    const token = await invited();
    const answers = await Promise.all(Array.from({ length: 8 }, () => accept(token)));
    expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
    for (const answer of answers)
      if (answer.errors !== undefined) expect(onlyError(answer).extensions["code"]).toBe("NOT_FOUND");
    expect((await events()).filter(({ action }) => action === "ACCEPT_INVITATION")).toHaveLength(1);
  });

  test("UA-21 accepting and inviting again at once: one is first, and the other is told", async () => {
    for (let round = 0; round < 10; round += 1) {
      const token = await invited();
      const [accepted, again] = await Promise.all([accept(token), resend()]);
      if (accepted.errors === undefined)
        expect(onlyError(again).extensions["code"]).toBe("ACTION_NOT_AVAILABLE");
      else {
        expect(onlyError(accepted).extensions["code"]).toBe("NOT_FOUND");
        expect(again.errors).toBeUndefined();
      }
      const open = await gateway.database.reader.mailedToken.count();
      expect(open).toBe(accepted.errors === undefined ? 0 : 1);
      await gateway.database.write(async (tx) => {
        await tx.user.updateMany({ where: { email: PAM }, data: { status: "PENDING" } });
        await tx.organization.updateMany({ data: { version: { increment: 1 } } });
      });
      clock.at += DAY;
    }
  });

  test("UA-20 mails are in the language that the organisation has when they are written", async () => {
    const german = mutationText("updateOrganization", "organization { language }");
    const { updateOrganization } = await gateway.data(ROOT, german, { input: { language: "DE" } });
    expect(updateOrganization).toEqual({ organization: { language: "DE" } });
    await invited();
    const { outbox } = await gateway.data(ROOT, "{ outbox { subject } }");
    expect(outbox[0].subject).toBe("Pia lädt Sie zu Acme ein");
  });
});
