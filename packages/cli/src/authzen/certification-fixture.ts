import type { JsonObject } from "@tabard/core"

/** What the certification scenario of AuthZEN has to be asked about, as one application. */
export interface CertificationFixture {
  readonly schema: string
  readonly policies: string
  readonly entities: readonly JsonObject[]
}

const SCHEMA = `namespace Cert {
  entity user { @from("caller") role?: String };
  entity record { @from("caller") status?: String };
  action read, write, delete appliesTo {
    principal: [user],
    resource: [record],
    context: { action: { soft?: Bool } }
  };
}
`

/** Each policy is one of the eight rules of the scenario, or two that are one. */
const POLICIES = `// Rules 1 and 3: alice and bob read.
@id("cert/read")
permit (principal, action == Cert::Action::"read", resource)
when { [Cert::user::"alice", Cert::user::"bob"].contains(principal) };

// Rules 2, 4 and 5: alice writes, but not what is archived, and bob does not.
@id("cert/write")
permit (principal == Cert::user::"alice", action == Cert::Action::"write", resource)
unless { resource has status && resource.status == "archived" };

// Rule 6: whoever is said to be an administrator writes what is archived.
@id("cert/archive")
permit (principal, action == Cert::Action::"write", resource)
when { principal has role && principal.role == "admin" && resource has status && resource.status == "archived" };

// Rules 7 and 8: alice deletes softly.
@id("cert/delete")
permit (principal == Cert::user::"alice", action == Cert::Action::"delete", resource)
when { context.action has soft && context.action.soft };
`

const entity = (type: string, id: string, attrs: JsonObject): JsonObject => ({
  uid: { type, id },
  attrs,
  parents: [],
})

/** The fixture of the certification scenario. Rule 4 denies bob although he is an administrator: record-1 is not archived. */
export const CERTIFICATION_FIXTURE: CertificationFixture = {
  schema: SCHEMA,
  policies: POLICIES,
  entities: [
    entity("user", "alice", {}),
    entity("user", "bob", { role: "admin" }),
    entity("record", "record-1", { status: "active" }),
    entity("record", "record-2", { status: "archived" }),
  ],
}
