import { useEffect, useState } from "react"

/** How the console looks: as the system does, or as the person chose. */
export type Theme = "system" | "light" | "dark"

const KEY = "tabard-theme"
const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" }

/** Applies what was chosen before, as early as the page runs. */
export function applyStoredTheme(): void {
  applyTheme(storedTheme())
}

/** Answers the look in force, and what takes the next one. */
export function useTheme(): { theme: Theme; next: () => void } {
  const [theme, setTheme] = useState(storedTheme)
  useEffect(() => applyTheme(theme), [theme])
  const next = (): void => {
    localStorage.setItem(KEY, NEXT[theme])
    setTheme(NEXT[theme])
  }
  return { theme, next }
}

function storedTheme(): Theme {
  const stored = localStorage.getItem(KEY)
  return stored === "light" || stored === "dark" ? stored : "system"
}

function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"]
  else document.documentElement.dataset["theme"] = theme
}
