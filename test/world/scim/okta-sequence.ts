import type { ScimStep } from "./scim-client.ts"

// What Okta sends: pages of a list, PUT of the whole resource, and PATCH without a path. Names and values are ours.

const USER = "urn:ietf:params:scim:schemas:core:2.0:User"
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse"

const replace = (value: object): object => ({ schemas: [PATCH], Operations: [{ op: "replace", value }] })

const PROFILE = {
  schemas: [USER],
  userName: "noor.haddad@okta.test",
  name: { givenName: "Noor", familyName: "Haddad" },
  emails: [{ primary: true, value: "noor.haddad@okta.test", type: "work" }],
  displayName: "Noor Haddad",
  locale: "en-US",
  externalId: "00u1noor",
  groups: [],
  password: "placeholder-1",
  active: true,
}

/** What is asked when the integration is saved, and what its specification test asks. */
export const OKTA_CONNECT: readonly ScimStep[] = [
  {
    says: "reads two people",
    method: "GET",
    path: "/Users?startIndex=1&count=2",
    status: 200,
    has: { schemas: [LIST], startIndex: 1, "Resources/0/active": true },
  },
  {
    says: "reads groups",
    method: "GET",
    path: "/Groups?startIndex=1&count=100",
    status: 200,
    has: { schemas: [LIST] },
  },
  {
    says: "reads one person, who has all that an import needs",
    method: "GET",
    path: "/Users?count=1&startIndex=1",
    status: 200,
    has: { itemsPerPage: 1, "Resources/0/name/givenName": "Ann", "Resources/0/name/familyName": "Ann" },
    remembers: { first: "Resources/0/id" },
  },
  {
    says: "reads that person by id",
    method: "GET",
    path: "/Users/{first}",
    status: 200,
    has: { id: "{first}" },
  },
  {
    says: "looks for nobody",
    method: "GET",
    path: "/Users?filter=userName%20eq%20%22nobody%40okta.test%22&startIndex=1&count=100",
    status: 200,
    has: { totalResults: 0, Resources: [], itemsPerPage: 0 },
  },
  {
    says: "reads nobody by id",
    method: "GET",
    path: "/Users/00919288221112222",
    status: 404,
    has: { status: "404" },
  },
]

/** A person comes, is changed by PUT, leaves by PATCH and by PUT, and comes back. */
export const OKTA_USER: readonly ScimStep[] = [
  {
    says: "creates the person, with a password that is only a placeholder",
    method: "POST",
    path: "/Users",
    body: PROFILE,
    status: 201,
    has: {
      userName: "noor.haddad@okta.test",
      externalId: "00u1noor",
      active: true,
      "name/givenName": "Noor",
      groups: [],
      password: undefined,
    },
    remembers: { user: "id" },
  },
  {
    says: "creates the same person again",
    method: "POST",
    path: "/Users",
    body: PROFILE,
    status: 409,
    has: { status: "409", scimType: "uniqueness" },
  },
  {
    says: "finds the person in capitals",
    method: "GET",
    path: "/Users?filter=userName%20eq%20%22NOOR.HADDAD%40OKTA.TEST%22&startIndex=1&count=100",
    status: 200,
    has: { totalResults: 1, "Resources/0/userName": "noor.haddad@okta.test" },
  },
  {
    says: "puts the whole person with another given name",
    method: "PUT",
    path: "/Users/{user}",
    body: {
      ...PROFILE,
      id: "{user}",
      name: { givenName: "Nora", middleName: "", familyName: "Haddad" },
      displayName: "Nora Haddad",
      meta: { resourceType: "User" },
    },
    status: 200,
    has: { "name/givenName": "Nora", displayName: "Nora Haddad", externalId: "00u1noor" },
  },
  {
    says: "switches the person off without a path",
    method: "PATCH",
    path: "/Users/{user}",
    body: replace({ active: false }),
    status: 200,
    has: { active: false },
  },
  {
    says: "lets the person in again without a path",
    method: "PATCH",
    path: "/Users/{user}",
    body: replace({ active: true }),
    status: 200,
    has: { active: true },
  },
  {
    says: "switches the person off by PUT, as an integration of its wizard does",
    method: "PUT",
    path: "/Users/{user}",
    body: { ...PROFILE, active: false },
    status: 200,
    has: { active: false },
  },
  {
    says: "lets the person in again by PUT",
    method: "PUT",
    path: "/Users/{user}",
    body: { ...PROFILE, active: true },
    status: 200,
    has: { active: true },
  },
]

/** A group is pushed, linked, filled, renamed and unlinked. */
export const OKTA_GROUP: readonly ScimStep[] = [
  ...["three", "four"].map(
    (name): ScimStep => ({
      says: `creates the person ${name}`,
      method: "POST",
      path: "/Users",
      body: { ...PROFILE, userName: `${name}@okta.test`, emails: [], externalId: `00u-${name}` },
      status: 201,
      has: { "emails/0/value": `${name}@okta.test` },
      remembers: { [name]: "id" },
    }),
  ),
  {
    says: "looks for the group before it pushes it",
    method: "GET",
    path: "/Groups?filter=displayName%20eq%20%22Payments%22&startIndex=1&count=100",
    status: 200,
    has: { totalResults: 0 },
  },
  {
    says: "pushes the group",
    method: "POST",
    path: "/Groups",
    body: { schemas: [GROUP], displayName: "Payments", members: [] },
    status: 201,
    has: { displayName: "Payments", members: [], externalId: undefined },
    remembers: { group: "id" },
  },
  {
    says: "takes one in and one out at once",
    method: "PATCH",
    path: "/Groups/{group}",
    body: {
      schemas: [PATCH],
      Operations: [
        { op: "remove", path: 'members[value eq "{four}"]' },
        { op: "add", path: "members", value: [{ value: "{three}", display: "three@okta.test" }] },
      ],
    },
    status: 204,
  },
  {
    says: "pushes the whole membership",
    method: "PATCH",
    path: "/Groups/{group}",
    body: {
      schemas: [PATCH],
      Operations: [
        { op: "replace", path: "members", value: [{ value: "{four}", display: "four@okta.test" }] },
      ],
    },
    status: 204,
  },
  {
    says: "sees who is in",
    method: "GET",
    path: "/Groups/{group}",
    status: 200,
    has: { "members/0/value": "{four}", "members/1": undefined },
  },
  {
    says: "sees the group at the person",
    method: "GET",
    path: "/Users/{four}",
    status: 200,
    has: { "groups/0/value": "{group}", "groups/0/display": "Payments" },
  },
  {
    says: "renames the group, with its id in the value",
    method: "PATCH",
    path: "/Groups/{group}",
    body: replace({ id: "{group}", displayName: "Payments team" }),
    status: 204,
  },
  {
    says: "puts the whole group, as an integration of its wizard does",
    method: "PUT",
    path: "/Groups/{group}",
    body: {
      schemas: [GROUP],
      displayName: "Payments team",
      members: [{ value: "{three}", display: "three@okta.test" }],
    },
    status: 200,
    has: { displayName: "Payments team", "members/0/value": "{three}", "members/1": undefined },
  },
  { says: "unlinks the group and deletes it", method: "DELETE", path: "/Groups/{group}", status: 204 },
  {
    says: "finds it no more",
    method: "GET",
    path: "/Groups?filter=displayName%20eq%20%22Payments%20team%22",
    status: 200,
    has: { totalResults: 0 },
  },
]
