// Without this script a click on an example call selects all of it.
for (const call of document.querySelectorAll('pre.call')) {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = 'Copy'
  const copy = async () => {
    await navigator.clipboard.writeText(call.textContent)
    button.textContent = 'Copied'
    setTimeout(() => {
      button.textContent = 'Copy'
    }, 2000)
  }
  button.addEventListener('click', () => {
    void copy()
  })
  const frame = document.createElement('div')
  frame.className = 'copied'
  call.replaceWith(frame)
  frame.append(call, button)
}
