/** How much of everything there is. */
export type Size = {
  /** One of `SIZE_NAMES`, or what was varied of it. */
  readonly name: string;
  /** Records of the big module, a multiple of 20: nine further modules have a twentieth of it each. */
  readonly records: number;
  readonly users: number;
  /** Roles of each level, the root first. */
  readonly levels: readonly number[];
  readonly groups: number;
  /** Sharing rules, those by criteria included. */
  readonly rules: number;
  readonly criteriaRules: number;
  readonly shares: number;
};

export const SIZE_NAMES = ["small", "medium", "large"] as const;
export type SizeName = (typeof SIZE_NAMES)[number];

/** `large` is the data set of the specification (spec/engine.md, Speed); the others are scaled down from it. */
export const SIZES: Readonly<Record<SizeName, Size>> = {
  small: {
    name: "small",
    records: 20_000,
    users: 200,
    levels: [1, 3, 6, 8, 10, 12],
    groups: 20,
    rules: 40,
    criteriaRules: 10,
    shares: 4_000,
  },
  medium: {
    name: "medium",
    records: 200_000,
    users: 2_000,
    levels: [1, 4, 10, 25, 60, 100],
    groups: 60,
    rules: 120,
    criteriaRules: 16,
    shares: 40_000,
  },
  large: {
    name: "large",
    records: 1_000_000,
    users: 10_000,
    levels: [1, 8, 30, 110, 300, 551],
    groups: 200,
    rules: 300,
    criteriaRules: 30,
    shares: 200_000,
  },
};

/** The big module holds so many records for each of one of the nine others. */
export const PER_OTHER = 20;
/** Modules beside the big one. */
export const OTHER_MODULES = 9;

/** A tenth of the records and shares of a size, among as many people: what growth is measured from. */
export function tenthOf(size: Size): Size {
  return {
    ...size,
    name: `${size.name}-tenth`,
    records: size.records / 10,
    shares: size.shares / 10,
  };
}

/** The same with ten times the rules that go by owners alone. */
export function withTenfoldRules(size: Size): Size {
  const rules = size.criteriaRules + 10 * (size.rules - size.criteriaRules);
  return { ...size, name: `${size.name}-rules`, rules };
}

/** The same with ten times the people, in the same roles. */
export function withTenfoldUsers(size: Size): Size {
  return { ...size, name: `${size.name}-users`, users: 10 * size.users };
}
