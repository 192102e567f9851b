package core

// Notice is a notification for the desktop to show.
type Notice struct {
	Title, Body string // as they shall be read, with nothing in them that a service could run
	Press       string // what pressing it does, where a service says so
	Silent      bool   // without a sound, where the service makes one
	Pressed     func() // from any goroutine, once at most; must not block
}
