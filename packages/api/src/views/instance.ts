import {
  INSTANCE_KINDS,
  type InstanceKind,
  KEY_STORAGES,
  type KeyStorage,
  TRUST_FORMS,
  type TrustForm,
} from "@tabard/core"
import { z } from "zod"
import { PersonView } from "./person.ts"

/** One install of an agent: how it proves itself, and how old that is. */
export interface InstanceView {
  readonly id: string
  readonly kind: InstanceKind
  readonly label: string
  readonly thumbprint: string | null
  /** Where its private key is, as it has said itself; null where it has not, or holds none. */
  readonly keyStorage: KeyStorage | null
  /** Which client a person signed in, and who; null for every other kind, and once it was signed out. */
  readonly signedIn: { readonly client: string; readonly name: string; readonly person: PersonView } | null
  /** The rule that lets workloads be this install; null for every other kind, and once it was removed. */
  readonly trustRule: { readonly id: string; readonly form: TrustForm; readonly issuer: string } | null
  readonly enrolledAt: string
  /** When its present key took the place of another. */
  readonly rotatedAt: string | null
  /** Until when the key before that works as well; null where there is none. */
  readonly earlierKeyEndsAt: string | null
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

export const InstanceView: z.ZodType<InstanceView> = z.object({
  id: z.string(),
  kind: z.enum(INSTANCE_KINDS),
  label: z.string(),
  thumbprint: z.string().nullable(),
  keyStorage: z.enum(KEY_STORAGES).nullable(),
  signedIn: z.object({ client: z.string(), name: z.string(), person: PersonView }).nullable(),
  trustRule: z.object({ id: z.string(), form: z.enum(TRUST_FORMS), issuer: z.string() }).nullable(),
  enrolledAt: z.string(),
  rotatedAt: z.string().nullable(),
  earlierKeyEndsAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
})
