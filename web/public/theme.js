// Runs before the first paint, and again whenever the choice or the system's own theme changes.
// The choice is `light`, `dark` or absent, which means: as the system.
const systemIsDark = matchMedia('(prefers-color-scheme: dark)')

function applyTheme() {
  const chosen = localStorage.getItem('desk.theme')
  const system = systemIsDark.matches ? 'dark' : 'light'
  document.documentElement.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : system
}

applyTheme()
systemIsDark.addEventListener('change', applyTheme)
addEventListener('storage', applyTheme)
addEventListener('desk:theme', applyTheme)
