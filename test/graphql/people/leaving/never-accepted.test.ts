import { beforeEach, expect, test } from "vitest";
import type { Database } from "../../../../src/database/database.ts";
import { applyOrganizationFile } from "../../../../src/file/apply.ts";
import { exportOrganization } from "../../../../src/file/export.ts";
import { printOrganizationFile } from "../../../../src/file/print.ts";
import { MAILS_PER_HOUR } from "../../../../src/store/mail/few.ts";
import { describeOnBoth } from "../../../database.ts";
import { SUITE } from "../../applications/suite.ts";
import { type Gateway, onlyError, openGateway } from "../../gateway.ts";
import { NOW } from "../../world.ts";

const [ADA, PAM] = ["ada@acme.test", "pam@acme.test"];
const DESK = { application: "DESK", values: { role: "Agent", profile: "Agent", department: "General" } };
const ANALYTICS = { application: "ANALYTICS", values: { role: "Viewer" } };

/** Both doors through which somebody who was deactivated comes back, and one for a single application. */
const DOORS = {
  activateUser: (id: string) => ({ id, applications: [DESK, ANALYTICS] }),
  enableApplication: (user: string) => ({ user, ...DESK }),
} as const;

describeOnBoth("whoever was deactivated before they accepted", (open) => {
  let database: Database;
  let gateway: Gateway;
  let pam: string;
  beforeEach(async () => {
    ({ database } = await open());
    gateway = await openGateway(database, SUITE.replace("status: PENDING }", PENDING_WITH_DESK));
    pam = await gateway.user(PAM);
  });

  for (const door of ["activateUser", "enableApplication"] as const)
    test(`UA-43 UA-13 ${door} invites them again: PENDING, with one mail, and no way in before they accept`, async () => {
      await change("resendInvitation", { id: pam });
      const old = await token();
      await change("deactivateUser", { id: pam });
      expect(await stateOf(PAM)).toEqual(["INACTIVE", true]);
      await change(door, DOORS[door](pam));

      expect(await stateOf(PAM)).toEqual(["PENDING", false]);
      expect(onlyError(await gateway.ask(PAM, "{ organization { name } }")).extensions["code"]).toBe(
        "UNAUTHENTICATED",
      );
      expect(onlyError(await ask("addAdministrators", { users: [pam] })).extensions["code"]).toBe(
        "ACTION_NOT_AVAILABLE",
      );
      const waiting = { kind: "INVITATION", status: "WAITING" } as const;
      expect(await database.reader.mailMessage.count({ where: waiting })).toBe(1);
      expect(await told()).toEqual({ status: "PENDING" });
      const fresh = await token();
      expect(fresh).not.toBe(old);
      expect(onlyError(await accept(old)).extensions["code"]).toBe("NOT_FOUND");
      expect((await accept(fresh)).errors).toBeUndefined();
      expect(await stateOf(PAM)).toEqual(["ACTIVE", false]);

      // Who has accepted once comes back as they were.
      await change("deactivateUser", { id: pam });
      expect(await stateOf(PAM)).toEqual(["INACTIVE", false]);
      await change(door, DOORS[door](pam));
      expect(await stateOf(PAM)).toEqual(["ACTIVE", false]);
    });

  test("UA-43 UA-65 deactivated with many others they are told apart", async () => {
    const ray = await gateway.user("ray@acme.test");
    await change("deactivateUsers", { items: [pam, ray] });
    expect([await stateOf(PAM), await stateOf("ray@acme.test")]).toEqual([
      ["INACTIVE", true],
      ["INACTIVE", false],
    ]);
  });

  test("UA-43 BU-02 a file keeps who never accepted, says so when it is written out, and takes a word on it", async () => {
    await change("deactivateUser", { id: pam });
    const text = printOrganizationFile(await exportOrganization(database, "acme"));
    expect(text).toContain("accepted: false");
    await apply(text.replace(/ *accepted: false\n/, ""));
    expect(await stateOf(PAM)).toEqual(["INACTIVE", true]);
    await apply(text.replace("accepted: false", "accepted: true"));
    expect(await stateOf(PAM)).toEqual(["INACTIVE", false]);
    await apply(text);
    expect(await stateOf(PAM)).toEqual(["INACTIVE", true]);
  });

  test("UA-43 a file that makes somebody inactive who is invited does as deactivateUser", async () => {
    const text = printOrganizationFile(await exportOrganization(database, "acme"));
    await apply(text.replace("status: PENDING", "status: INACTIVE"));
    expect(await stateOf(PAM)).toEqual(["INACTIVE", true]);
  });

  test("UA-43 a file says it of the inactive alone", async () => {
    await expect(
      apply(SUITE.replace("status: PENDING }", "status: PENDING, accepted: false }")),
    ).rejects.toThrow(/pam@acme\.test.*accepted/s);
  });

  test(`UA-21 AP-10 whichever way is taken, ${MAILS_PER_HOUR} invitations go to one person in an hour, and to one address`, async () => {
    const ended: unknown[] = [];
    for (let time = 0; time <= MAILS_PER_HOUR; time += 1) {
      const email = time % 2 === 0 ? "elsewhere@acme.test" : PAM;
      ended.push(
        (await ask("changeUserEmail", { id: pam, email })).errors?.[0]?.extensions["code"] ?? "DONE",
      );
    }
    expect(ended).toEqual([...Array(MAILS_PER_HOUR).fill("DONE"), "LIMIT_EXCEEDED"]);
    // Nor to the address, whoever has it.
    for (let time = 0; time < MAILS_PER_HOUR; time += 1) {
      await gateway.data(ADA, INVITE, { input: { email: "x@elsewhere.test", applications: [ANALYTICS] } });
      const id = await gateway.user("x@elsewhere.test");
      await change("deleteUser", { id, confirm: true });
    }
    const more = await gateway.ask(ADA, INVITE, {
      input: { email: "x@elsewhere.test", applications: [ANALYTICS] },
    });
    expect(onlyError(more).extensions["code"]).toBe("LIMIT_EXCEEDED");
  });

  const INVITE = `mutation ($input: InviteUserInput!) { inviteUser(input: $input) { user { name } } }`;

  function ask(name: string, input: object) {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    return gateway.ask(ADA, `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, {
      input,
    });
  }

  async function change(name: string, input: object): Promise<void> {
    expect((await ask(name, input)).errors).toBeUndefined();
  }

  function accept(secret: string) {
    return gateway.ask(
      null,
      `mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { user { status } } }`,
      { input: { token: secret } },
    );
  }

  /** The token of the newest invitation. */
  async function token(): Promise<string> {
    const { secret } = await database.reader.mailMessage.findFirstOrThrow({
      where: { kind: "INVITATION", status: "WAITING" },
      orderBy: { id: "desc" },
    });
    return secret ?? "";
  }

  async function stateOf(email: string) {
    const { status, neverAccepted } = await database.reader.user.findFirstOrThrow({ where: { email } });
    return [status, neverAccepted];
  }

  async function told() {
    const where = { action: "ACTIVATE_USER" };
    return (await database.reader.auditEvent.findFirstOrThrow({ where, orderBy: { sequence: "desc" } }))
      .after;
  }

  function apply(text: string) {
    return applyOrganizationFile(database, { text, name: "acme.yaml" }, null, { now: NOW });
  }
});

const PENDING_WITH_DESK =
  "status: PENDING, applications: { CRM: {}, DESK: { values: { role: Agent, profile: Agent, department: General } }, ANALYTICS: { values: { role: Viewer } } } }";
