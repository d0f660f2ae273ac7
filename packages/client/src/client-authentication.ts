import type { Credentials } from "./credentials.ts"
import type { GrantForm } from "./own-grant.ts"
import { clientAssertion, type Now } from "./proofs.ts"

/** Answers what a form says by which its sender proves to be this client (`private_key_jwt`, RFC 7523 §2.2). */
export async function assertedBy(
  credentials: Pick<Credentials, "instance" | "issuer" | "key">,
  now: Now,
): Promise<GrantForm> {
  return {
    client_id: credentials.instance,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: await clientAssertion(credentials, now),
  }
}
