import type { SessionView } from "@tabard/api"
import { lazy, type ReactNode, Suspense, useState } from "react"
import { FailedFace } from "./components/faces.tsx"
import { useSession } from "./data/session-query.ts"
import { SignInPage } from "./pages/sign-in/sign-in-page.tsx"

// An unsigned visitor is not even sent the pages.
const Pages = lazy(() => import("./pages.tsx").then(({ Pages: component }) => ({ default: component })))

/** The sign-in page for whoever is not signed in, and the pages for whoever is. */
export function Console({ code }: { code: string | undefined }): ReactNode {
  const session = useSession()
  const [wasIn, setWasIn] = useState(false)
  if (session.data && !wasIn) setWasIn(true)
  if (session.data) return <Inside session={session.data} />
  if (session.data === null) return <SignInPage code={wasIn ? undefined : code} ended={wasIn} />
  if (session.error) {
    return (
      <FailedFace what="Your session" error={session.error} since={0} retry={() => void session.refetch()} />
    )
  }
  return null
}

function Inside({ session }: { session: SessionView }): ReactNode {
  return (
    <Suspense fallback={null}>
      <Pages session={session} />
    </Suspense>
  )
}
