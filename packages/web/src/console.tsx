import type { SessionView } from "@tabard/api"
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react"
import { FailedFace } from "./components/faces.tsx"
import { useSession } from "./data/session-query.ts"
import { rememberRequest, requestIn, takeRequest } from "./pages/consent/pending-consent.ts"
import { SignInPage } from "./pages/sign-in/sign-in-page.tsx"

// An unsigned visitor is not even sent the pages.
const ConsentPage = lazy(() =>
  import("./pages/consent/consent-page.tsx").then(({ ConsentPage: component }) => ({ default: component })),
)
const Pages = lazy(() => import("./pages.tsx").then(({ Pages: component }) => ({ default: component })))

/** The sign-in page for whoever is not signed in, and the pages for whoever is. */
export function Console({ code }: { code: string | undefined }): ReactNode {
  const session = useSession()
  const [wasIn, setWasIn] = useState(false)
  if (session.data && !wasIn) setWasIn(true)
  if (session.data) return <Inside session={session.data} />
  if (session.data === null) return <SignInFirst code={wasIn ? undefined : code} ended={wasIn} />
  if (session.error) {
    return (
      <FailedFace what="Your session" error={session.error} since={0} retry={() => void session.refetch()} />
    )
  }
  return null
}

function Inside({ session }: { session: SessionView }): ReactNode {
  const request = requestIn(window.location.pathname)
  const [remembered] = useState(() =>
    request === undefined ? takeRequest(window.sessionStorage, Date.now()) : undefined,
  )
  if (remembered !== undefined) {
    window.location.replace(remembered)
    return null
  }
  return (
    <Suspense fallback={null}>
      {request === undefined ? <Pages session={session} /> : <ConsentPage id={request} session={session} />}
    </Suspense>
  )
}

/** Whoever was led here by a client comes back to its request once they are in. */
function SignInFirst(props: { code: string | undefined; ended: boolean }): ReactNode {
  const request = requestIn(window.location.pathname)
  useEffect(() => {
    if (request !== undefined && request !== "refused")
      rememberRequest(window.sessionStorage, request, Date.now())
  }, [request])
  return <SignInPage {...props} />
}
