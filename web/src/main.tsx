import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createDesk, Desk } from './app/desk.tsx'
import './styles/main.css'

const place = document.getElementById('desk')
if (!place) throw new Error('index.html has no #desk')

const desk = createDesk()
createRoot(place).render(
  <StrictMode>
    <Desk desk={desk} />
  </StrictMode>,
)
