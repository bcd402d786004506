import { expect } from "vitest";
import { toGlobalId } from "../../../src/kernel/global-id.ts";
import type { Permission } from "../../oracle/file.ts";
import { holds } from "../../oracle/oracle.ts";
import { type Facts, versionOf } from "../facts.ts";
import { mayMove } from "../plausible/moving.ts";
import { firstOf, somebodyWith, unless } from "../plausible/predict.ts";
import {
  capabilitiesIn,
  type GivenProfile,
  mayGiveProfile,
  permissionsIn,
  readsProfile,
  takesDenied,
} from "../plausible/profiles.ts";
import type { Maker, Scene } from "../step.ts";

const [FEW, MANY] = [7, 11];

type Profile = Facts["rows"]["profiles"][number];

const profileId = ({ id }: Profile) => toGlobalId("Profile", id);

/** Those that matter here, and some that do not. */
const CAPABILITIES = [
  ...["MANAGE_DATA_SHARING", "MANAGE_ROLES", "MANAGE_GROUPS", "MANAGE_PROFILES", "MANAGE_MODULES"],
  ...["MANAGE_USERS", "VIEW_ALL_DATA", "MODIFY_ALL_DATA", "SEND_EMAIL", "EXPORT_DATA"],
];

const PERMISSIONS: readonly Permission[] = [
  ...(["CREATE", "EDIT", "DELETE", "SHARE", "CHANGE_OWNER"] as const),
  ...(["IMPORT", "EXPORT", "MASS_UPDATE", "MASS_DELETE"] as const),
];

type Entry = { readonly module: string; readonly permissions: readonly Permission[] | null };

/** What a profile is to say of some modules; now and then of one that is a team module, or there is not. */
function randomPermissions({ facts, dice }: Scene): readonly Entry[] {
  const modules = facts.rows.modules.filter(({ kind }) => kind === "ORGANIZATION").map(({ key }) => key);
  const wrong = dice.chance(0.07) ? [dice.pick(["tickets", "no-such-module"])] : [];
  return [...dice.sample(modules, dice.between(0, 3)), ...wrong].map((module) => {
    const others = dice.sample(PERMISSIONS, dice.between(3, PERMISSIONS.length));
    const permissions = dice.chance(0.9) ? (["VIEW", ...others] as const) : others;
    return { module, permissions: dice.chance(0.1) ? null : permissions };
  });
}

function isWrong({ rows }: Facts, permissions: readonly Entry[]): boolean {
  return permissions.some(
    ({ module }) => rows.modules.find(({ key }) => key === module)?.kind !== "ORGANIZATION",
  );
}

export const createProfile: Maker = (scene) => {
  const { facts, dice, number } = scene;
  if (facts.rows.profiles.length >= MANY) return null;
  const as = somebodyWith(facts, dice, "MANAGE_PROFILES");
  const permissions = randomPermissions(scene);
  const capabilities = dice.sample(CAPABILITIES, dice.between(0, 4));
  const key = dice.weighted([
    [5, undefined],
    [3, `profile-${number}`],
    [1, "standard"],
  ]);
  const made: GivenProfile = {
    kind: "CUSTOM",
    capabilities,
    modules: changedModules(facts, [], permissions),
  };
  return {
    mutation: "createProfile",
    as,
    input: { name: `Profile ${number}`, permissions, capabilities, ...(key === undefined ? {} : { key }) },
    select: "profile { id key }",
    expected: firstOf(
      unless(!isWrong(facts, permissions), "BAD_USER_INPUT"),
      unless(holds(facts.file, as, "MANAGE_PROFILES", facts.now), "FORBIDDEN"),
      unless(mayGiveProfile(facts, as, null, made), "FORBIDDEN"),
      unless(key !== "standard", "CONFLICT"),
    ),
    check: (after, { profile }) => {
      const stored = after.file.profiles?.[profile.key];
      expect([...(stored?.capabilities ?? [])].sort()).toEqual([...capabilities].sort());
      for (const { module, permissions: listed } of permissions)
        expect([...(stored?.modules?.[module] ?? [])].sort()).toEqual([...(listed ?? [])].sort());
    },
  };
};

/** The modules of a profile after those that are named become what is said. */
function changedModules(
  { rows }: Facts,
  before: GivenProfile["modules"],
  change: readonly Entry[],
): GivenProfile["modules"] {
  const idOf = (key: string) => rows.modules.find((module) => module.key === key)?.id ?? key;
  const named = new Set(change.map(({ module }) => idOf(module)));
  return [
    ...before.filter(({ moduleId }) => !named.has(moduleId)),
    ...change.flatMap(({ module, permissions }) =>
      permissions === null ? [] : [{ moduleId: idOf(module), permissions }],
    ),
  ];
}

export const updateProfile: Maker = (scene) => {
  const { facts, dice, number } = scene;
  const as = somebodyWith(facts, dice, "MANAGE_PROFILES");
  const profile = dice.pick(facts.rows.profiles);
  const permissions = randomPermissions(scene);
  const listed = (profile.capabilities ?? []) as string[];
  // What the administrators of the sequence can do is not taken away from them.
  const kept = profile.key === "architect" ? listed : dice.sample(listed, dice.between(0, listed.length));
  const more = dice.sample(CAPABILITIES, dice.between(0, 2)).filter((each) => !kept.includes(each));
  const capabilities = dice.weighted([
    [5, undefined],
    [4, [...kept, ...more]],
    [profile.key === "architect" ? 0 : 0.6, null],
  ]);
  const name = dice.chance(0.2) ? `Profile ${number}` : null;
  const replacesList = permissions.length > 0 || capabilities !== undefined;
  const present = versionOf(facts, "PROFILE", profile.id);
  const expectedVersion = dice.weighted([
    [10, present],
    [1, present - 1],
    [1, undefined],
  ]);
  const after: GivenProfile = {
    kind: profile.kind,
    capabilities:
      capabilities === undefined
        ? profile.capabilities
        : (capabilities ?? (profile.kind === "CUSTOM" ? [] : null)),
    modules: changedModules(facts, profile.modules, permissions),
  };
  const isFixed = profile.kind === "ADMINISTRATOR" || profile.kind === "TEAM_USER";
  return {
    mutation: "updateProfile",
    as,
    input: {
      id: profileId(profile),
      permissions,
      ...(capabilities === undefined ? {} : { capabilities }),
      ...(name === null ? {} : { name }),
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    },
    select: "profile { id }",
    expected: firstOf(
      unless(!isWrong(facts, permissions), "BAD_USER_INPUT"),
      unless(!replacesList || expectedVersion !== undefined, "BAD_USER_INPUT"),
      unless(readsProfile(facts, as, profile.id), "NOT_FOUND"),
      unless(holds(facts.file, as, "MANAGE_PROFILES", facts.now), "FORBIDDEN"),
      unless(mayGiveProfile(facts, as, profile, after), "FORBIDDEN"),
      unless(!takesDenied(facts, as, profile, after), "FORBIDDEN"),
      unless(!replacesList || expectedVersion === present, "CONFLICT"),
      unless(!isFixed && (name === null || profile.kind === "CUSTOM"), "ACTION_NOT_AVAILABLE"),
    ),
    check: (then) => {
      const stored = then.file.profiles?.[profile.key];
      for (const { module, permissions: said } of permissions)
        expect(stored?.modules?.[module]?.toSorted()).toEqual(said?.toSorted());
      expect(stored?.capabilities?.toSorted()).toEqual((after.capabilities as string[] | null)?.toSorted());
    },
  };
};

export const deleteProfile: Maker = ({ facts, dice }) => {
  const { rows, file, now } = facts;
  if (rows.profiles.length <= FEW) return null;
  const as = somebodyWith(facts, dice, "MANAGE_PROFILES");
  const profile = dice.pick(rows.profiles.filter(({ key }) => key !== "architect"));
  const heir = dice.chance(0.75) ? dice.pick(rows.profiles) : null;
  const holders = rows.users.filter((user) => user.profileId === profile.id && user.status !== "DELETED");
  const mayGive = heir === null || holders.length === 0 || mayGiveProfile(facts, as, profile, heir);
  const mayTake = profile.kind !== "ADMINISTRATOR" || holds(file, as, "MANAGE_ADMIN_PERMISSIONS", now);
  const isUnfit = holders.some(({ license }) =>
    license === "TEAM" ? heir?.kind !== "CUSTOM" : heir?.kind === "TEAM_USER",
  );
  return {
    mutation: "deleteProfile",
    as,
    input: { id: profileId(profile), ...(heir === null ? {} : { transferTo: profileId(heir) }) },
    select: "id",
    events: 1 + holders.length,
    expected: firstOf(
      unless(heir?.id !== profile.id, "BAD_USER_INPUT"),
      unless(readsProfile(facts, as, profile.id), "NOT_FOUND"),
      unless(heir === null || readsProfile(facts, as, heir.id), "NOT_FOUND"),
      unless(
        holds(file, as, "MANAGE_PROFILES", now) && mayTake && mayGive && mayMove(facts, as, holders),
        "FORBIDDEN",
      ),
      unless(profile.kind === "CUSTOM", "ACTION_NOT_AVAILABLE"),
      unless(holders.length === 0 || heir !== null, "CONFLICT"),
      unless(!isUnfit, "ACTION_NOT_AVAILABLE"),
    ),
    check: (after) => {
      expect(after.rows.profiles.some(({ id }) => id === profile.id)).toBe(false);
      for (const { id } of holders)
        expect(after.rows.users.find((user) => user.id === id)?.profileId).toBe(heir?.id);
    },
  };
};

/** UA-65: what the profile gives now, listed. */
export const cloneProfile: Maker = ({ facts, dice, number }) => {
  const { rows, file, now } = facts;
  if (rows.profiles.length >= MANY) return null;
  const as = somebodyWith(facts, dice, "MANAGE_PROFILES");
  const source = dice.pick(rows.profiles);
  const key = dice.weighted([
    [5, undefined],
    [3, `clone-${number}`],
    [1, "standard"],
  ]);
  const isForAdministrators = source.kind === "ADMINISTRATOR";
  return {
    mutation: "cloneProfile",
    as,
    input: { id: profileId(source), name: `Clone ${number}`, ...(key === undefined ? {} : { key }) },
    select: "profile { id key }",
    expected: firstOf(
      unless(readsProfile(facts, as, source.id), "NOT_FOUND"),
      unless(holds(file, as, "MANAGE_PROFILES", now), "FORBIDDEN"),
      unless(!isForAdministrators || holds(file, as, "MANAGE_ADMIN_PERMISSIONS", now), "FORBIDDEN"),
      unless(mayGiveAll(facts, as, source), "FORBIDDEN"),
      unless(source.kind !== "TEAM_USER", "ACTION_NOT_AVAILABLE"),
      unless(key !== "standard", "CONFLICT"),
    ),
    check: (after, { profile }) => {
      const clone = after.file.profiles?.[profile.key];
      expect([...(clone?.capabilities ?? [])].sort()).toEqual([...capabilitiesIn(source)].sort());
      for (const module of rows.modules.filter(({ kind }) => kind === "ORGANIZATION"))
        expect([...(clone?.modules?.[module.key] ?? [])].sort()).toEqual(
          [...permissionsIn(source, module.id)].sort(),
        );
    },
  };
};

/** Nobody gives what they do not hold, by a copy as little. */
function mayGiveAll(facts: Facts, as: string, source: Profile): boolean {
  const modules = facts.rows.modules
    .filter(({ kind }) => kind === "ORGANIZATION")
    .map(({ id }) => ({ moduleId: id, permissions: permissionsIn(source, id) }));
  const copy: GivenProfile = { kind: "CUSTOM", capabilities: capabilitiesIn(source), modules };
  return mayGiveProfile(facts, as, null, copy);
}
