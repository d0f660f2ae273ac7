import { useEffect, useRef } from "react"

/** What each key does; `mod+k` is Command or Control with K. */
export type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>

/** Listens for keys while the page is open; typing in a field and open dialogs keep their own keys. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || isTaken(event)) return
      latest.current[nameOf(event)]?.(event)
    }
    window.addEventListener("keydown", listen)
    return () => window.removeEventListener("keydown", listen)
  }, [])
}

function nameOf(event: KeyboardEvent): string {
  if (event.altKey) return ""
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  return event.metaKey || event.ctrlKey ? `mod+${key}` : key
}

function isTaken(event: KeyboardEvent): boolean {
  if (document.querySelector("[data-veil]")) return true
  const { target } = event
  return (
    target instanceof HTMLElement &&
    target.matches("input, textarea, select, [contenteditable]") &&
    !event.metaKey &&
    !event.ctrlKey
  )
}
