package main

import (
	"context"
	"time"

	"rentbell/cmd/internal/launch"
)

// quitTime limits how long --quit waits. A window that ends finishes its requests
// in flight first, which takes ten seconds at most.
const quitTime = 30 * time.Second

// endOthers ends the windows that --quit is about.
func (c call) endOthers() error {
	ctx, cancel := context.WithTimeout(context.Background(), quitTime)
	defer cancel()
	if c.dir != "" {
		return launch.Quit(ctx, c.dir)
	}
	return launch.QuitAll(ctx)
}
