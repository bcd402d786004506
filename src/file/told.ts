import { canonicalJson } from "../kernel/canonical-json.ts";
import { type Application, FIRST_APPLICATIONS } from "../policy/model/application.ts";
import type { Group, Language, Org, Profile, Role, SharingRule, User } from "../policy/model/org.ts";
import type { FieldFacts, Happening, OrganizationFacts, UserFacts } from "../store/core/audit-event.ts";
import { fieldContent, moduleContent } from "../store/modules/content.ts";
import { profileContent } from "../store/profiles/content.ts";
import { contentAsEvent } from "../store/sharing/rule/content.ts";

/**
 * What an import did to the policy of an organisation, an event for each thing that it added, changed or removed
 * (SA-24): what was before, and what is after.
 */
export function policyTold(before: Org | null, after: Org): readonly Happening[] {
  return [
    ...each(before?.roles, after.roles, roleTold),
    ...each(before?.profiles, after.profiles, profileTold),
    ...each(before?.modules, after.modules, moduleTold),
    ...fieldsTold(before, after),
    ...each(before?.applications, after.applications, applicationTold(before === null)),
    ...each(before?.users, after.users, userTold),
    ...each(before?.groups, after.groups, groupTold),
    ...each(before?.rules, after.rules, ruleTold),
  ];
}

/** Settings that no policy is compiled from. */
export type OtherSettings = {
  readonly id: string;
  readonly regularSeats: number;
  readonly teamSeats: number;
  readonly language: Language;
  readonly longestSupportDays: number | null;
};

/** The settings of an organisation, as its own event tells them. */
export function organizationFacts(
  { key, name, timeZone, edition, hierarchy, superAdminId }: Org,
  settings: OtherSettings,
): OrganizationFacts {
  const { language, longestSupportDays } = settings;
  return {
    ...{ key, name, timeZone, edition, hierarchy, superAdminId },
    ...{ ...seatFacts(settings), language, longestSupportDays },
  };
}

function seatFacts({ regularSeats, teamSeats }: OtherSettings) {
  return { regular: regularSeats, team: teamSeats };
}

/** Seats and language, which mutations of their own change. */
export function settingsTold(before: OtherSettings, after: OtherSettings): readonly Happening[] {
  const target = { type: "Organization", id: after.id } as const;
  const [seatsBefore, seatsAfter] = [seatFacts(before), seatFacts(after)];
  const language = ({ language }: OtherSettings) => ({ language });
  return [
    ...(isSame(seatsBefore, seatsAfter)
      ? []
      : [{ action: "SET_SEATS", target, before: seatsBefore, after: seatsAfter } as const]),
    ...(before.language === after.language
      ? []
      : [
          {
            action: "UPDATE_ORGANIZATION",
            target,
            before: language(before),
            after: language(after),
          } as const,
        ]),
  ];
}

type Told<Row> = (id: string, before: Row | null, after: Row | null) => readonly Happening[];

function each<Row extends { readonly id: string }>(
  before: readonly Row[] = [],
  after: readonly Row[],
  told: Told<Row>,
): readonly Happening[] {
  const left = new Map(before.map((row) => [row.id, row]));
  const happened = after.flatMap((row) => {
    const was = left.get(row.id) ?? null;
    left.delete(row.id);
    return was === row ? [] : told(row.id, was, row);
  });
  return [...happened, ...[...left.values()].flatMap((row) => told(row.id, row, null))];
}

function isSame(before: unknown, after: unknown): boolean {
  return canonicalJson(before) === canonicalJson(after);
}

const roleFacts = ({ id: _, ...facts }: Role) => facts;
const settingsOf = ({ name, shareDataWithPeers, forecastManagerId }: Role) => ({
  name,
  shareDataWithPeers,
  forecastManagerId,
});

const roleTold: Told<Role> = (id, before, after) => {
  const target = { type: "Role", id } as const;
  if (before === null)
    return after ? [{ action: "CREATE_ROLE", target, before, after: roleFacts(after) }] : [];
  if (after === null) return [{ action: "DELETE_ROLE", target, before: roleFacts(before), after }];
  const [was, is] = [settingsOf(before), settingsOf(after)];
  return [
    ...(isSame(was, is) ? [] : [{ action: "UPDATE_ROLE", target, before: was, after: is } as const]),
    ...(before.parentId === after.parentId
      ? []
      : [
          {
            action: "MOVE_ROLE",
            target,
            before: { parentId: before.parentId },
            after: { parentId: after.parentId },
          } as const,
        ]),
  ];
};

const profileTold: Told<Profile> = (id, before, after) => {
  const target = { type: "Profile", id } as const;
  const [was, is] = [before && profileContent(before), after && profileContent(after)];
  if (was === null) return is ? [{ action: "CREATE_PROFILE", target, before: was, after: is }] : [];
  if (is === null) return [{ action: "DELETE_PROFILE", target, before: was, after: is }];
  return isSame(was, is) ? [] : [{ action: "UPDATE_PROFILE", target, before: was, after: is }];
};

const moduleTold: Told<Org["modules"][number]> = (id, before, after) => {
  const target = { type: "Module", id } as const;
  const [was, is] = [before && moduleContent(before), after && moduleContent(after)];
  if (was === null) return is ? [{ action: "CREATE_MODULE", target, before: was, after: is }] : [];
  if (is === null) {
    const fields = before?.fields.map(fieldContent) ?? [];
    return [
      { action: "DELETE_MODULE", target, before: { ...was, fields, profiles: {}, members: {} }, after: is },
    ];
  }
  const [orderBefore, orderAfter] = fieldOrders(before?.fields ?? [], after?.fields ?? []);
  if (!isSame(orderBefore, orderAfter))
    return [
      {
        action: "UPDATE_MODULE",
        target,
        before: { ...was, fieldOrder: orderBefore },
        after: { ...is, fieldOrder: orderAfter },
      },
    ];
  return isSame(was, is) ? [] : [{ action: "UPDATE_MODULE", target, before: was, after: is }];
};

type Fields = Org["modules"][number]["fields"];

/** The order of those fields that stay, before and after: of others their own events tell. */
function fieldOrders(before: Fields, after: Fields): readonly [readonly string[], readonly string[]] {
  const orderOf = (fields: Fields, others: Fields) => {
    const ids = new Set(others.map(({ id }) => id));
    return fields.flatMap(({ id, key }) => (ids.has(id) ? [key] : []));
  };
  return [orderOf(before, after), orderOf(after, before)];
}

/** Those of modules that are there yet: the others went with their module. */
function fieldsTold(before: Org | null, after: Org): readonly Happening[] {
  const known = new Map(before?.modules.map((module) => [module.id, module]));
  return after.modules.flatMap((module) =>
    each(known.get(module.id)?.fields, module.fields, (id, was, is) => {
      const target = { type: "Field", id } as const;
      const facts = (field: NonNullable<typeof is>): FieldFacts => fieldContent(field);
      const moduleId = module.id;
      if (was === null)
        return is ? [{ action: "CREATE_FIELD", target, before: was, after: { ...facts(is), moduleId } }] : [];
      if (is === null)
        return [{ action: "DELETE_FIELD", target, before: { ...facts(was), moduleId }, after: is }];
      return isSame(facts(was), facts(is))
        ? []
        : [{ action: "UPDATE_FIELD", target, before: facts(was), after: facts(is) }];
    }),
  );
}

function userFacts(user: User): UserFacts {
  const { email, name, status, license, roleId, profileId, reportsToId, isAdministrator, neverAccepted } =
    user;
  return {
    ...{ email, name, status, license, roleId, profileId, reportsToId, isAdministrator, neverAccepted },
    applications: [...user.applications].toSorted(),
    teamRoles: Object.fromEntries(user.teamRoles),
  };
}

/** The support agent comes and goes with its access, which is told by itself. */
const userTold: Told<User> = (id, before, after) => {
  if ((after ?? before)?.license === "SUPPORT") return [];
  const target = { type: "User", id } as const;
  const [was, is] = [before && userFacts(before), after && userFacts(after)];
  if (was === null) return is ? [{ action: "CREATE_USER", target, before: was, after: is }] : [];
  // Of whoever is deleted a tombstone stays.
  if (is === null || (is.status === "DELETED" && was.status !== "DELETED"))
    return [{ action: "DELETE_USER", target, before: was, after: null }];
  // The address and what applications know of the person are told as the mutations tell them.
  const changed = (Object.keys(is) as (keyof UserFacts)[]).filter(
    (key) => key !== "email" && key !== "applications" && !isSame(was[key], is[key]),
  );
  const only = (facts: UserFacts) => Object.fromEntries(changed.map((key) => [key, facts[key]]));
  return [
    ...(was.email === is.email
      ? []
      : [
          {
            action: "CHANGE_ADDRESS",
            target,
            before: { email: was.email },
            after: { email: is.email },
          } as const,
        ]),
    ...(changed.length === 0
      ? []
      : [{ action: "UPDATE_USER", target, before: only(was), after: only(is) } as const]),
  ];
};

const applicationFacts = ({ id: _, administrators, ...facts }: Application) => ({
  ...facts,
  administrators: [...administrators].toSorted(),
});

/** What comes with the suite has always been there in a new organisation, as long as the file leaves it as it comes. */
function applicationTold(isNew: boolean): Told<Application> {
  return (id, before, after) => {
    const target = { type: "Application", id } as const;
    const [was, is] = [before && applicationFacts(before), after && applicationFacts(after)];
    if (was === null) {
      const came = isNew ? FIRST_APPLICATIONS.get(after?.key ?? "") : undefined;
      const isAsItComes =
        came !== undefined && is !== null && isSame({ key: is.key, ...came, administrators: [] }, is);
      return is && !isAsItComes ? [{ action: "CREATE_APPLICATION", target, before: was, after: is }] : [];
    }
    if (is === null) return [{ action: "DELETE_APPLICATION", target, before: was, after: is }];
    return isSame(was, is) ? [] : [{ action: "CONFIGURE_APPLICATION", target, before: was, after: is }];
  };
}

const groupFacts = ({ id: _, ...facts }: Group) => facts;
const groupTold: Told<Group> = (id, before, after) => {
  const target = { type: "Group", id } as const;
  const [was, is] = [before && groupFacts(before), after && groupFacts(after)];
  if (was === null) return is ? [{ action: "CREATE_GROUP", target, before: was, after: is }] : [];
  if (is === null) return [{ action: "DELETE_GROUP", target, before: was, after: is }];
  return isSame(was, is) ? [] : [{ action: "UPDATE_GROUP", target, before: was, after: is }];
};

const ruleTold: Told<SharingRule> = (id, before, after) => {
  const target = { type: "SharingRule", id } as const;
  const [was, is] = [before && contentAsEvent(before), after && contentAsEvent(after)];
  if (was === null) return is ? [{ action: "CREATE_SHARING_RULE", target, before: was, after: is }] : [];
  if (is === null) return [{ action: "DELETE_SHARING_RULE", target, before: was, after: is }];
  return isSame(was, is) ? [] : [{ action: "UPDATE_SHARING_RULE", target, before: was, after: is }];
};
