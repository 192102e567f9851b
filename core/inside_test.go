package core

import (
	"net/http"
	"time"
)

// SetGrace lets tests wait less for a drop to be told. Call it before Run.
func (b *Bell) SetGrace(d time.Duration) { b.grace = d }

// Routes are what a Control answers, without a socket.
func (c Control) Routes() http.Handler { return c.routes() }
