import type { MutationName } from "../../../src/policy/rights/needs.ts";
import type { Maker } from "../step.ts";
import { changeUserEmail, confirmUserEmail } from "./address.ts";
import { addAdministrators, revokeAdministrator } from "./administrator.ts";
import {
  activateUser,
  assignApplications,
  configureApplication,
  disableApplication,
  editApplicationAssignment,
  enableApplication,
  setSeats,
  unassignApplication,
} from "./application.ts";
import { createField, deleteField, updateField } from "./field.ts";
import { addGroupMembers, createGroup, deleteGroup, removeGroupMembers, updateGroup } from "./group.ts";
import { acceptInvitation, resendInvitation } from "./invitation.ts";
import { addApplicationUsers, inviteUser, inviteUsers } from "./inviting.ts";
import { deactivateUser, deactivateUsers, deleteUser } from "./leaving.ts";
import { createModule, deleteModule, updateModule } from "./module.ts";
import { updateOrganization } from "./organization.ts";
import { setOrganizationDefaults } from "./organization-defaults.ts";
import { changeOwner, massChangeOwner } from "./owner.ts";
import { cloneProfile, createProfile, deleteProfile, updateProfile } from "./profile.ts";
import { createRecord, deleteRecord, massDeleteRecords, massUpdateRecords, updateRecord } from "./record.ts";
import { createRole, deleteRole, moveRole, updateRole } from "./role.ts";
import { revokeShares, shareRecord, unshareRecord } from "./share.ts";
import {
  activateSharingRule,
  createSharingRule,
  deactivateSharingRule,
  deleteSharingRule,
  updateSharingRule,
} from "./sharing-rule.ts";
import { grantSupportAccess, revokeSupportAccess, updateSupportAccess } from "./support.ts";
import { moveUsers, updateUser } from "./user.ts";

/** Every mutation with the maker of its steps: one without does not compile. */
export const MAKERS: Readonly<Record<MutationName, Maker>> = {
  createRecord,
  updateRecord,
  deleteRecord,
  massUpdateRecords,
  massDeleteRecords,
  changeOwner,
  massChangeOwner,
  shareRecord,
  unshareRecord,
  revokeShares,
  setOrganizationDefaults,
  createSharingRule,
  updateSharingRule,
  deleteSharingRule,
  activateSharingRule,
  deactivateSharingRule,
  createRole,
  updateRole,
  moveRole,
  deleteRole,
  createGroup,
  updateGroup,
  addGroupMembers,
  removeGroupMembers,
  deleteGroup,
  createProfile,
  updateProfile,
  deleteProfile,
  createModule,
  updateModule,
  deleteModule,
  createField,
  updateField,
  deleteField,
  updateUser,
  resendInvitation,
  acceptInvitation,
  changeUserEmail,
  confirmUserEmail,
  updateOrganization,
  grantSupportAccess,
  updateSupportAccess,
  revokeSupportAccess,
  inviteUser,
  inviteUsers,
  addApplicationUsers,
  assignApplications,
  editApplicationAssignment,
  enableApplication,
  disableApplication,
  unassignApplication,
  configureApplication,
  setSeats,
  activateUser,
  deactivateUser,
  deactivateUsers,
  deleteUser,
  addAdministrators,
  revokeAdministrator,
  moveUsers,
  cloneProfile,
};
