import type { SessionView } from "@tabard/api"
import { checkSignInLink, signIn, signOut } from "@tabard/control"
import type { User } from "@tabard/core"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"

/** Signing in and out, and who is here. */
export function accessHandlers(
  services: ApiServices,
): Pick<Handlers, "checkSignIn" | "signIn" | "getSession" | "signOut"> {
  const deps = { ...recordContext(services), transact: services.shelf.transact }
  return {
    checkSignIn: async (_, { code }) => ({ firstAdministrator: await checkSignInLink(deps, code) }),
    signIn: async (context, { code, name, email }) => {
      const { user, token, expiresAt } = await signIn(deps, code, { name, email, agent: context.agent })
      context.setSession(token, expiresAt)
      return sessionView(services, user)
    },
    getSession: async ({ user }) => sessionView(services, user),
    signOut: async (context) => {
      if (context.session) await signOut(deps, context.session, context.user.id)
      context.setSession("", new Date(0))
      return {}
    },
  }
}

function sessionView({ organisation }: ApiServices, { id, name, email, role }: User): SessionView {
  return {
    user: { id, name, email, role },
    organisation: { slug: organisation.slug, name: organisation.name },
  }
}
