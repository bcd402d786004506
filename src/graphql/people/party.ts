import type { Party as PartyRow } from "../../policy/model/org.ts";
import type { NamedParty } from "../../store/directory/party.ts";
import { builder, described } from "../core/builder.ts";
import { Role } from "./role.ts";
import { User } from "./user.ts";

const PartyKind = builder.enumType("PartyKind", {
  description: "What a party names.",
  values: described<PartyRow["kind"]>({
    USER: "One user.",
    ROLE: "The users of one role.",
    ROLE_AND_SUBORDINATES: "The users of one role and of every role below it.",
    GROUP: "The members of one group, nested groups included.",
    EVERYONE: "Every user of the organisation.",
  }),
});

export const Party = builder.objectRef<NamedParty>("Party").implement({
  description:
    "The source or target of a sharing rule, the recipient of a share, or a member of a group. Only the field that belongs to `kind` is set.",
  fields: (t) => ({
    kind: t.expose("kind", { type: PartyKind, description: "What it names." }),
    user: t.expose("user", { type: User, nullable: true, description: "The user, for `USER`." }),
    role: t.expose("role", {
      type: Role,
      nullable: true,
      description: "The role, for `ROLE` and `ROLE_AND_SUBORDINATES`.",
    }),
  }),
});

export const PartyConnection = builder.connectionObject(
  { type: Party, name: "PartyConnection", description: "A page of parties." },
  { name: "PartyEdge", description: "A party in a list." },
);
