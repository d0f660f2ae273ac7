/** What an agent can act by, as a type of resource makes it. */
export interface IdentityResource {
  readonly kind: "key" | "federation" | "role" | "account"
  /** What it is, in words. */
  readonly says: string
  /** Members that name whom it belongs to, the first that is there. */
  readonly of: readonly string[]
  /** For a federation: the member that says whom it lets in. */
  readonly admits?: string
}

/** Resources of Terraform that make what somebody acts by. A key lasts; a federation lets outside workloads in. */
export const IDENTITY_RESOURCES: Readonly<Record<string, IdentityResource>> = {
  aws_iam_access_key: { kind: "key", says: "an access key of AWS", of: ["user"] },
  aws_iam_service_specific_credential: {
    kind: "key",
    says: "a key of one service of AWS",
    of: ["user_name"],
  },
  aws_iam_role: { kind: "role", says: "a role of AWS", of: ["name", "name_prefix"] },
  aws_iam_user: { kind: "account", says: "a user of AWS", of: ["name"] },
  azuread_application_password: { kind: "key", says: "a password of an application", of: ["application_id"] },
  azuread_service_principal_password: {
    kind: "key",
    says: "a password of a service principal",
    of: ["service_principal_id"],
  },
  azuread_application_federated_identity_credential: {
    kind: "federation",
    says: "a federation of an application of Entra",
    of: ["application_id"],
    admits: "subject",
  },
  azurerm_federated_identity_credential: {
    kind: "federation",
    says: "a federation of a managed identity",
    of: ["parent_id", "user_assigned_identity_id"],
    admits: "subject",
  },
  azurerm_user_assigned_identity: { kind: "account", says: "a managed identity", of: ["name"] },
  google_iam_workload_identity_pool_provider: {
    kind: "federation",
    says: "a provider of workload identities",
    of: ["workload_identity_pool_id"],
    admits: "attribute_condition",
  },
  google_service_account: { kind: "account", says: "a service account of Google Cloud", of: ["account_id"] },
  google_service_account_key: {
    kind: "key",
    says: "a key of a service account",
    of: ["service_account_id"],
  },
  kubernetes_service_account: { kind: "account", says: "a service account of Kubernetes", of: [] },
  kubernetes_service_account_v1: { kind: "account", says: "a service account of Kubernetes", of: [] },
}
