package remote

import (
	"context"
	"net"

	"rentbell/core/owner"
)

// Running returns the Rentbells of this user that answer: those of the data
// directories dirs, and those that it finds. One may be there twice.
func Running(ctx context.Context, dirs ...string) []*Client {
	ways := listening()
	for _, dir := range dirs {
		ways = append(ways, wayTo(dir))
	}
	var all []*Client
	for _, way := range ways {
		if client, err := reach(ctx, way); err == nil { // an error: nobody, or somebody else
			all = append(all, client)
		}
	}
	return all
}

// wayTo is the way to the Rentbell of a data directory, if that is this user's.
func wayTo(dir string) connect {
	return func(ctx context.Context) (net.Conn, error) {
		if err := owner.CheckDir(dir); err != nil {
			return nil, err
		}
		return dial(ctx, dir)
	}
}
