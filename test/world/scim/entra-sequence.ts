import type { ScimStep } from "./scim-client.ts"

// What Microsoft Entra's provisioning service sends, in its spelling: capital ops, truth values as text, flat extension
// paths, members out by value. Names and values are ours.

const USER = "urn:ietf:params:scim:schemas:core:2.0:User"
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"

const patch = (...Operations: readonly object[]): object => ({ schemas: [PATCH], Operations })

/** The test of a connection: somebody and something who cannot be there. */
const CONNECT: readonly ScimStep[] = [
  {
    says: "looks for a user that nobody is",
    method: "GET",
    path: '/Users?filter=userName+eq+"5b8c2f6e-1f0a-4a8f-9b35-0d5f2f6f0c11"',
    status: 200,
    has: { totalResults: 0, Resources: [], schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"] },
  },
  {
    says: "looks for a group that nothing is",
    method: "GET",
    path: '/Groups?excludedAttributes=members&filter=displayName+eq+"5b8c2f6e-1f0a-4a8f-9b35-0d5f2f6f0c11"',
    status: 200,
    has: { totalResults: 0 },
  },
]

/** A person comes, changes, leaves, comes back and is deleted. */
export const ENTRA_USER: readonly ScimStep[] = [
  ...CONNECT,
  {
    says: "looks for the person before it creates them",
    method: "GET",
    path: '/Users?filter=userName+eq+"mira.olsen@contoso.test"',
    status: 200,
    has: { totalResults: 0 },
  },
  {
    says: "creates the person",
    method: "POST",
    path: "/Users",
    body: {
      schemas: [USER, ENTERPRISE],
      externalId: "molsen",
      userName: "mira.olsen@contoso.test",
      active: true,
      displayName: "Mira Olsen",
      emails: [{ primary: true, type: "work", value: "mira@contoso.test" }],
      meta: { resourceType: "User" },
      name: { formatted: "Mira Olsen", familyName: "Olsen", givenName: "Mira" },
      roles: [],
      [ENTERPRISE]: { department: "Treasury", employeeNumber: "4711" },
    },
    status: 201,
    has: {
      userName: "mira.olsen@contoso.test",
      externalId: "molsen",
      active: true,
      "emails/0/value": "mira@contoso.test",
      "name/givenName": "Mira",
      "name/familyName": "Olsen",
      [`${ENTERPRISE}/department`]: "Treasury",
      "meta/resourceType": "User",
    },
    remembers: { user: "id" },
  },
  { says: "reads the person", method: "GET", path: "/Users/{user}", status: 200, has: { id: "{user}" } },
  {
    says: "finds the person in other letters",
    method: "GET",
    path: '/Users?filter=userName+eq+"MIRA.OLSEN@contoso.test"',
    status: 200,
    has: { totalResults: 1, "Resources/0/id": "{user}" },
  },
  {
    says: "finds the person by the mail of work",
    method: "GET",
    path: '/Users?filter=emails%5Btype+eq+"work"%5D.value+eq+"mira@contoso.test"',
    status: 200,
    has: { totalResults: 1, "Resources/0/id": "{user}" },
  },
  {
    says: "creates the manager",
    method: "POST",
    path: "/Users",
    body: { schemas: [USER], userName: "sven.berg@contoso.test", displayName: "Sven Berg", active: "True" },
    status: 201,
    has: { active: true },
    remembers: { boss: "id" },
  },
  {
    says: "changes mail and family name",
    method: "PATCH",
    path: "/Users/{user}",
    body: patch(
      { op: "Replace", path: 'emails[type eq "work"].value', value: "mira.berg@contoso.test" },
      { op: "Replace", path: "name.familyName", value: "Berg" },
      { op: "Replace", path: "displayName", value: "Mira Berg" },
    ),
    status: 200,
    has: {
      "emails/0/value": "mira.berg@contoso.test",
      "name/familyName": "Berg",
      displayName: "Mira Berg",
    },
  },
  {
    says: "changes the user name",
    method: "PATCH",
    path: "/Users/{user}",
    body: patch({ op: "Replace", path: "userName", value: "mira.berg@contoso.test" }),
    status: 200,
    has: { userName: "mira.berg@contoso.test", "emails/0/value": "mira.berg@contoso.test" },
  },
  {
    says: "adds what the extension holds, flat",
    method: "PATCH",
    path: "/Users/{user}",
    body: patch(
      { op: "Add", path: `${ENTERPRISE}:department`, value: "Group treasury" },
      { op: "Add", path: `${ENTERPRISE}:manager`, value: "{boss}" },
      { op: "Add", path: 'phoneNumbers[type eq "mobile"].value', value: "+47 55 00 00" },
    ),
    status: 200,
    has: {
      [`${ENTERPRISE}/department`]: "Group treasury",
      [`${ENTERPRISE}/manager/value`]: "{boss}",
    },
  },
  {
    says: "changes many without a path, as it does under the flag aadOptscim062020",
    method: "PATCH",
    path: "/Users/{user}",
    body: patch(
      { op: "replace", path: 'emails[type eq "work"].value', value: "mb@contoso.test" },
      {
        op: "replace",
        value: {
          displayName: "Mira B.",
          "name.givenName": "Miranda",
          "name.familyName": "Bergson",
          [`${ENTERPRISE}:employeeNumber`]: "4712",
        },
      },
    ),
    status: 200,
    has: {
      displayName: "Mira B.",
      "name/givenName": "Miranda",
      "name/familyName": "Bergson",
      "emails/0/value": "mb@contoso.test",
      [`${ENTERPRISE}/employeeNumber`]: "4712",
    },
  },
  {
    says: "takes the manager away",
    method: "PATCH",
    path: "/Users/{user}",
    body: patch({ op: "Remove", path: `${ENTERPRISE}:manager` }),
    status: 200,
    has: { [`${ENTERPRISE}/manager`]: undefined },
  },
  {
    says: "switches the person off, as text",
    method: "PATCH",
    path: "/Users/{user}",
    body: patch({ op: "Replace", path: "active", value: "False" }),
    status: 200,
    has: { active: false },
  },
  {
    says: "still finds whom it switched off",
    method: "GET",
    path: '/Users?filter=userName+eq+"mira.berg@contoso.test"',
    status: 200,
    has: { totalResults: 1, "Resources/0/active": false },
  },
  {
    says: "restores the person",
    method: "PATCH",
    path: "/Users/{user}",
    body: patch({ op: "Replace", path: "active", value: "True" }),
    status: 200,
    has: { active: true },
  },
  {
    says: "switches the person off, as a truth value",
    method: "PATCH",
    path: "/Users/{user}",
    body: patch({ op: "replace", path: "active", value: false }),
    status: 200,
    has: { active: false },
  },
  { says: "deletes the person", method: "DELETE", path: "/Users/{user}", status: 204 },
  {
    says: "finds nobody any more",
    method: "GET",
    path: "/Users/{user}",
    status: 404,
    has: { status: "404", schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"] },
  },
  {
    says: "creates whoever comes next by that name",
    method: "POST",
    path: "/Users",
    body: { schemas: [USER], userName: "mira.berg@contoso.test", displayName: "Mira", active: true },
    status: 201,
    remembers: { next: "id" },
  },
]

const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"

/** A group comes, is renamed, gains and loses people, and goes. */
export const ENTRA_GROUP: readonly ScimStep[] = [
  ...["one", "two"].map(
    (name): ScimStep => ({
      says: `creates the person ${name}`,
      method: "POST",
      path: "/Users",
      body: { schemas: [USER], userName: `${name}@contoso.test`, displayName: name, active: true },
      status: 201,
      remembers: { [name]: "id" },
    }),
  ),
  {
    says: "creates the group, empty",
    method: "POST",
    path: "/Groups",
    body: {
      schemas: [GROUP, "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
      externalId: "8aa1a0c0-group",
      displayName: "Sales, EMEA",
      meta: { resourceType: "Group" },
    },
    status: 201,
    has: { displayName: "Sales, EMEA", externalId: "8aa1a0c0-group", members: [] },
    remembers: { group: "id" },
  },
  {
    says: "reads the group without its members",
    method: "GET",
    path: "/Groups/{group}?excludedAttributes=members",
    status: 200,
    has: { displayName: "Sales, EMEA", members: undefined },
  },
  {
    says: "finds the group by its name, without its members",
    method: "GET",
    path: '/Groups?excludedAttributes=members&filter=displayName+eq+"sales,+emea"',
    status: 200,
    has: { totalResults: 1, "Resources/0/id": "{group}", "Resources/0/members": undefined },
  },
  {
    says: "takes two people in",
    method: "PATCH",
    path: "/Groups/{group}",
    body: patch({
      op: "Add",
      path: "members",
      value: [
        { $ref: null, value: "{one}" },
        { $ref: null, value: "{two}" },
      ],
    }),
    status: 204,
  },
  {
    says: "asks whether somebody is in",
    method: "GET",
    path: '/Groups?excludedAttributes=members&filter=id+eq+"{group}"+and+members+eq+"{one}"',
    status: 200,
    has: { totalResults: 1 },
  },
  {
    says: "takes one out by value",
    method: "PATCH",
    path: "/Groups/{group}",
    body: patch({ op: "Remove", path: "members", value: [{ $ref: null, value: "{one}" }] }),
    status: 204,
  },
  {
    says: "asks whether somebody is in who was taken out",
    method: "GET",
    path: '/Groups?excludedAttributes=members&filter=id+eq+"{group}"+and+members+eq+"{one}"',
    status: 200,
    has: { totalResults: 0 },
  },
  {
    says: "takes the other out by a path, as it does under the flag aadOptscim062020",
    method: "PATCH",
    path: "/Groups/{group}",
    body: patch({ op: "remove", path: 'members[value eq "{two}"]' }),
    status: 204,
  },
  {
    says: "sees the group empty",
    method: "GET",
    path: "/Groups/{group}",
    status: 200,
    has: { members: [] },
  },
  {
    says: "renames the group",
    method: "PATCH",
    path: "/Groups/{group}",
    body: patch({ op: "Replace", path: "displayName", value: "Sales, all regions" }),
    status: 204,
  },
  {
    says: "reads the new name",
    method: "GET",
    path: "/Groups/{group}?excludedAttributes=members",
    status: 200,
    has: { displayName: "Sales, all regions", externalId: "8aa1a0c0-group" },
  },
  { says: "deletes the group", method: "DELETE", path: "/Groups/{group}", status: 204 },
  { says: "finds it no more", method: "GET", path: "/Groups/{group}", status: 404, has: { status: "404" } },
]
