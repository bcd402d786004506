import type { Tx } from "../../database/database.ts";
import { inParts, rowsOf } from "../../database/parts.ts";
import { InvalidInput, together } from "../../kernel/fault.ts";
import type { OrgId, UserId } from "../../kernel/id.ts";
import type { Application, ApplicationField, ApplicationFieldType } from "../../policy/model/application.ts";
import { KEY, KEY_EXPECTED, MAX_OPTIONS } from "../../policy/model/naming.ts";
import type { User } from "../../policy/model/org.ts";
import { faultsOfFields } from "../../policy/rights/application-fields.ts";
import { faultsOfValues } from "../../policy/rights/application-values.ts";
import { admitCapability } from "../core/admit.ts";
import { applicationVersion, readExpectedVersion, requireVersion } from "../core/own-version.ts";
import type { Viewer } from "../core/viewer.ts";
import { write } from "../core/write.ts";
import { viewerAdministers } from "../directory/applications.ts";
import { readName, readNewName } from "../directory/input.ts";
import { personNamed } from "../directory/named.ts";
import { applicationNamed } from "./named.ts";

/** A field as a client says it; the label is the key unless said otherwise. */
export type FieldInput = {
  readonly key: string;
  readonly label?: string | null | undefined;
  readonly type: ApplicationFieldType;
  readonly isRequired?: boolean | null | undefined;
  readonly options?: readonly string[] | null | undefined;
};

/** What of an application is to change; undefined leaves it. */
export type ApplicationChange = {
  /** The key of the application. */
  readonly application: string;
  readonly name?: string | null | undefined;
  /** The whole list, in its order. */
  readonly fields?: readonly FieldInput[] | null | undefined;
  /** Everybody who administers it beside the administrators of the suite. */
  readonly administrators?: readonly UserId[] | null | undefined;
  /** Needed where a list is replaced. */
  readonly expectedVersion?: number | null | undefined;
};

/** More people than these are named by nobody. */
const MAX_ADMINISTRATORS = 500;

/** More fields than these are asked by no application. */
const MAX_FIELDS = 100;

/**
 * Configures an application: what it asks and offers, and who administers it (UA-31). What somebody who has it on has
 * answered goes on to fit: first they are edited, then what they answered is taken away.
 *
 * @throws {Forbidden} for administrators without `MANAGE_ADMIN_PERMISSIONS` (UA-02).
 * @throws {InvalidInput} naming the field; `CONFLICT` when a list is not what was read, and when answers would not fit any
 * more; `ACTION_NOT_AVAILABLE` for administrators who are not active (UA-51).
 */
export function configureApplication(
  viewer: Viewer,
  change: ApplicationChange,
): Promise<{ readonly application: string }> {
  return write(viewer, "configureApplication", {
    read: ({ viewer }) => {
      const application = applicationNamed(viewer, "input.application", change.application);
      return { applications: [application], application, read: readChange(viewer, application, change) };
    },
    change: async ({ tx, viewer }, { application, read }) => {
      const { orgId } = viewer;
      const { name, fields, administrators, expected } = read;
      if (administrators !== undefined) admitCapability(viewer, "MANAGE_ADMIN_PERMISSIONS");
      if (expected !== null) requireVersion(expected, await applicationVersion(viewer, application.id));
      for (const [at, user] of (administrators ?? []).entries())
        requireActive(`input.administrators.${at}`, user);

      if (fields !== undefined) await requireFitting(tx, orgId, { ...application, fields });

      const { id: applicationId } = application;
      const after = { name: name ?? application.name, fields: fields ?? application.fields };
      await tx.application.update({
        where: { orgId_id: { orgId, id: applicationId } },
        data: {
          name: after.name,
          fields: after.fields.map(({ options, ...field }) => ({ ...field, options: [...options] })),
        },
      });
      if (administrators !== undefined) {
        await tx.applicationAdministrator.deleteMany({ where: { orgId, applicationId } });
        const data = administrators.map(({ id: userId }) => ({ orgId, applicationId, userId }));
        for (const part of inParts(data))
          await tx.applicationAdministrator.createMany({ data: rowsOf(part) });
      }
      return {
        result: { application: application.key },
        happened: [
          {
            action: "CONFIGURE_APPLICATION",
            target: { type: "Application", id: applicationId },
            before: {
              name: application.name,
              fields: application.fields,
              administrators: [...application.administrators],
            },
            after: {
              ...after,
              administrators: administrators?.map(({ id }) => id) ?? [...application.administrators],
            },
          },
        ],
      };
    },
  });
}

type ReadChange = {
  readonly name: string | undefined;
  readonly fields: readonly ApplicationField[] | undefined;
  readonly administrators: readonly User[] | undefined;
  /** Null: no list is replaced. */
  readonly expected: number | null;
};

function readChange(viewer: Viewer, application: Application, change: ApplicationChange): ReadChange {
  const { name, fields, administrators, expectedVersion } = change;
  const isList = fields != null || administrators != null;
  // What the application is like is told to nobody who does not administer it: the door refuses that as a whole.
  const isOpen = viewerAdministers(viewer, application);
  const expected = isList
    ? readExpectedVersion(expectedVersion, "The fields and the administrators of an application")
    : null;
  return {
    expected,
    name: readNewName("input.name", name),
    fields:
      fields == null ? refusedNull("input.fields", fields) : readFields(isOpen ? application : null, fields),
    administrators:
      administrators == null
        ? refusedNull("input.administrators", administrators)
        : readAdministrators(viewer, administrators),
  };
}

function refusedNull(field: string, value: null | undefined): undefined {
  if (value === undefined) return undefined;
  throw new InvalidInput(
    field,
    "A list cannot be taken away; leave it out to keep it, or send an empty one.",
  );
}

/** Reads what an application is to ask. @throws {InvalidInput} with all faults, each naming the place. */
function readFields(
  application: Application | null,
  input: readonly FieldInput[],
): readonly ApplicationField[] {
  if (input.length > MAX_FIELDS)
    throw new InvalidInput("input.fields", `At most ${MAX_FIELDS} fields, not ${input.length}.`);
  const fields = input.map((field, at) => readField(`input.fields.${at}`, field));
  for (const [at, { key }] of fields.entries())
    if (fields.findIndex((each) => each.key === key) < at)
      throw new InvalidInput(`input.fields.${at}.key`, `${key} is named twice.`);
  if (application === null) return fields;
  const faults = faultsOfFields(application.key, fields, application.seatlessBy).map(
    ({ field, part, message, expected, requirement }) => {
      const at = fields.findIndex(({ key }) => key === field);
      return new InvalidInput(
        at === -1 ? "input.fields" : `input.fields.${at}${part === null ? "" : `.${part}`}`,
        `${message.charAt(0).toUpperCase()}${message.slice(1)}: expected ${expected}.`,
        requirement === null ? {} : { requirement },
      );
    },
  );
  if (faults.length > 0) throw together(faults);
  return fields;
}

function readField(place: string, { key, label, type, isRequired, options }: FieldInput): ApplicationField {
  if (!KEY.test(key)) throw new InvalidInput(`${place}.key`, `Expected ${KEY_EXPECTED}.`);
  const offered = (options ?? []).map((option, at) => readName(`${place}.options.${at}`, option));
  if (offered.length > MAX_OPTIONS)
    throw new InvalidInput(`${place}.options`, `At most ${MAX_OPTIONS} options, not ${offered.length}.`);
  for (const [at, option] of offered.entries())
    if (offered.indexOf(option) < at)
      throw new InvalidInput(`${place}.options.${at}`, "The option is named twice.");
  return {
    key,
    label: label == null ? key : readName(`${place}.label`, label),
    type,
    isRequired: isRequired ?? false,
    options: offered,
  };
}

function readAdministrators(viewer: Viewer, ids: readonly UserId[]): readonly User[] {
  if (ids.length > MAX_ADMINISTRATORS)
    throw new InvalidInput(
      "input.administrators",
      `At most ${MAX_ADMINISTRATORS} people, not ${ids.length}.`,
    );
  return ids.map((id, at) => {
    const place = `input.administrators.${at}`;
    if (ids.indexOf(id) < at) throw new InvalidInput(place, "The person is named twice.");
    return personNamed(viewer, place, id);
  });
}

/** So many are looked at with one statement. */
const AT_ONCE = 500;

/** @throws {InvalidInput} `CONFLICT` with how many people have answered otherwise. */
async function requireFitting(tx: Tx, orgId: OrgId, application: Application): Promise<void> {
  let count = 0;
  let first: string | null = null;
  for (let after: string | null = null; ; ) {
    const rows: readonly { readonly userId: string; readonly values: unknown }[] =
      await tx.applicationAssignment.findMany({
        where: {
          orgId,
          application: application.key,
          isEnabled: true,
          ...(after === null ? {} : { userId: { gt: after } }),
        },
        orderBy: { userId: "asc" },
        select: { userId: true, values: true },
        take: AT_ONCE,
      });
    for (const { values } of rows) {
      const [fault] = faultsOfValues(application, Object(values));
      if (fault === undefined) continue;
      count += 1;
      first ??= fault.message;
    }
    after = rows.at(-1)?.userId ?? null;
    if (rows.length < AT_ONCE) break;
  }
  if (count === 0) return;
  throw new InvalidInput(
    "input.fields",
    `${count} people have ${application.name} with answers that would not fit: ${first} First edit theirs.`,
    { code: "CONFLICT", requirement: "UA-31", details: { users: count } },
  );
}

/** Only active people become administrators (UA-51), and team users administer nothing (TU-12p). */
function requireActive(place: string, user: User): void {
  if (user.status === "ACTIVE" && user.license === "REGULAR") return;
  throw new InvalidInput(
    place,
    user.license === "TEAM"
      ? `${user.name} is a team user, who administers nothing.`
      : `${user.name} is ${user.status}: only active people become administrators.`,
    { code: "ACTION_NOT_AVAILABLE", requirement: user.license === "TEAM" ? "TU-12p" : "UA-51" },
  );
}
