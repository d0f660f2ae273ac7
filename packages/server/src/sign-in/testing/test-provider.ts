import { once } from "node:events"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import { type Configuration, type KoaContextWithOIDC, OidcProvider } from "../../oauth/oidc-provider.ts"

/** Who signs in at the provider next, and what it says of them. */
export interface TestAccount {
  readonly sub: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  readonly groups?: unknown
}

/** A true OpenID provider on loopback, at which whoever comes is signed in as `account`. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string
  account: TestAccount
}

/** What Tabard is registered as there. */
export const TEST_CLIENT = { id: "tabard", secret: "a secret of thirty-two characters!" }

/** Starts one for a Tabard at this address. */
export async function startTestProvider(redirectUri: () => string): Promise<TestProvider> {
  const server = createServer()
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  const address = server.address()
  const issuer = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`
  const people: { account: TestAccount } = { account: { sub: "nobody" } }
  let made: OidcProvider | undefined
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Made at the first request: where to lead back is known once Tabard has its port.
    made ??= providerAt(issuer, redirectUri(), () => people.account)
    if (!request.url?.startsWith("/interaction/")) return made.callback()(request, response)
    await made.interactionFinished(request, response, { login: { accountId: people.account.sub } })
  }
  server.on("request", (request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  return {
    issuer,
    get account() {
      return people.account
    },
    set account(account) {
      people.account = account
    },
    [Symbol.asyncDispose]: () => closed(server),
  }
}

function providerAt(issuer: string, redirectUri: string, account: () => TestAccount): OidcProvider {
  const configuration: Configuration = {
    clients: [{ client_id: TEST_CLIENT.id, client_secret: TEST_CLIENT.secret, redirect_uris: [redirectUri] }],
    claims: { openid: ["sub"], email: ["email", "email_verified", "groups"], profile: ["name"] },
    cookies: { keys: ["for this test"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ ...account(), sub }) }),
    loadExistingGrant: granted,
  }
  return new OidcProvider(issuer, configuration)
}

/** Everybody agrees to be named to Tabard. */
async function granted({ oidc }: KoaContextWithOIDC): Promise<InstanceType<OidcProvider["Grant"]>> {
  const { provider, client, session } = oidc
  const grant = new provider.Grant({
    ...(client && { clientId: client.clientId }),
    ...(session?.accountId && { accountId: session.accountId }),
  })
  grant.addOIDCScope("openid email profile")
  await grant.save()
  return grant
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, "close")
}
