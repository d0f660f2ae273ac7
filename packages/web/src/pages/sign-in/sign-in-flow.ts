import type { Client, SessionView } from "@tabard/api"

/** Where a sign-in stands: nobody asked yet, the first administrator must say who they are, or somebody is in. */
export type SignInStep =
  | { readonly kind: "introduce"; readonly code: string }
  | { readonly kind: "signed-in"; readonly session: SessionView }

/** Goes as far as the code alone leads. It is used up only where nothing more has to be asked. */
export async function followLink(client: Client, code: string): Promise<SignInStep> {
  const { firstAdministrator } = await client.checkSignIn({ code })
  if (firstAdministrator) return { kind: "introduce", code }
  return { kind: "signed-in", session: await client.signIn({ code }) }
}

/** Signs the first administrator in, as who they say they are. */
export async function introduce(
  client: Client,
  code: string,
  person: { name: string; email: string },
): Promise<SessionView> {
  return client.signIn({ code, name: person.name.trim(), email: person.email.trim() })
}
