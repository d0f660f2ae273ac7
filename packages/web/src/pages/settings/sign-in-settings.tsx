import { Link } from "@tanstack/react-router"
import type { ReactNode } from "react"
import { Definition, Definitions } from "../../components/definitions.tsx"
import { SkeletonLines } from "../../components/faces.tsx"
import { Loaded, readingOf } from "../../components/loaded.tsx"
import { Said } from "../../components/said.tsx"
import { useSignInWays } from "../../data/session-query.ts"
import { SignInDomains } from "./sign-in-domains.tsx"

/** How people come in here. */
export function SignInSettings(): ReactNode {
  return (
    <Loaded
      reading={readingOf(useSignInWays())}
      what="The ways to sign in"
      loading={<SkeletonLines lines={4} />}
      isEmpty={() => false}
      empty={null}
      partial={() => null}
    >
      {({ provider }) => (
        <Definitions>
          <Definition
            name="OpenID provider"
            hint="It is set where the server is started, and holds for the whole installation."
          >
            {provider ? (
              <>
                <span className="font-medium">
                  <Said text={provider.name} />
                </span>
                <span className="block text-soft">
                  Who was invited signs in there with the verified email of the invitation.
                </span>
              </>
            ) : (
              <>
                None
                <span className="block text-soft">
                  People come in by one-time links alone. Set <Variable name="TABARD_OIDC_ISSUER" />,{" "}
                  <Variable name="TABARD_OIDC_CLIENT_ID" /> and{" "}
                  <Variable name="TABARD_OIDC_CLIENT_SECRET_FILE" /> and start again to let them sign in by a
                  provider.
                </span>
              </>
            )}
          </Definition>
          {provider && <SignInDomains />}
          <Definition name="One-time links" hint="They work once and end by themselves.">
            The first administrator&apos;s is printed at each start. Others are made by an administrator, on{" "}
            <Link to="/people" className="text-accent underline">
              People
            </Link>
            .
          </Definition>
          <Definition name="Passwords">There are none.</Definition>
        </Definitions>
      )}
    </Loaded>
  )
}

function Variable({ name }: { name: string }): ReactNode {
  return <code className="font-mono text-small">{name}</code>
}
