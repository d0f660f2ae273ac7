import { useMutation, useQueryClient } from "@tanstack/react-query"
import type { ReactNode } from "react"
import { Button } from "../../components/button.tsx"
import { useClient } from "../../data/client-context.ts"
import { keys } from "../../data/keys.ts"
import { useIsSteward } from "../../shell/signed-in-context.ts"
import { problemWords } from "../../words/problem-words.ts"

/** Starts a scan of the configured places, for those who may. */
export function ScanAgain({ running }: { running: boolean }): ReactNode {
  const client = useClient()
  const cache = useQueryClient()
  const isSteward = useIsSteward()
  const start = useMutation({
    mutationFn: () => client.startScan({}),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.overview }),
  })
  if (!isSteward) return null
  return (
    <span className="flex items-center gap-2">
      {start.error && (
        <span role="alert" className="text-small text-deny">
          {problemWords(start.error)}
        </span>
      )}
      <Button size="small" look="quiet" busy={start.isPending || running} onClick={() => start.mutate()}>
        {running ? "Scanning" : "Scan again"}
      </Button>
    </span>
  )
}
