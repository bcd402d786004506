export type Capability = string;
