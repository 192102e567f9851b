package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core/appfolio/sandbox"
)

const sandboxHeader = 10 * time.Second // a client has that long for its header

// runSandbox plays AppFolio until it is told to stop.
func runSandbox(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("sandbox", flag.ContinueOnError)
	listen := flags.String("listen", "127.0.0.1:8090", "serve on this `ADDRESS`")
	if err := parse(flags, args); err != nil {
		return err
	}
	door, err := net.Listen("tcp", *listen)
	if err != nil {
		return fmt.Errorf("open sandbox: %w", err)
	}
	key := p.getenv(launch.EnvAPIKey)
	play := sandbox.New(sandbox.Config{APIKey: key, AllowAnywhere: true, OnDelivery: p.delivery})
	fmt.Fprintf(p.out, `A stand-in AppFolio listens on http://%s
Its API key is %s. In another terminal:

  export APPFOLIO_WEBHOOK_SECRET=choose-one APPFOLIO_API_KEY=...
  rentbelld serve --data DIR --listen 127.0.0.1:8080 --register --appfolio-url http://%[1]s

Ctrl-C ends it.
`, door.Addr(), keyInWords(key))
	server := &http.Server{Handler: play, ReadHeaderTimeout: sandboxHeader}
	closed := context.AfterFunc(ctx, func() { _ = server.Close() }) // nothing here is worth waiting for
	defer closed()
	var running sync.WaitGroup
	running.Go(func() { play.Run(ctx) })
	err = server.Serve(door)
	if errors.Is(err, http.ErrServerClosed) {
		running.Wait()
		return nil
	}
	return err
}

func keyInWords(key string) string {
	if key == "" {
		return sandbox.DefaultAPIKey
	}
	return "the one in " + launch.EnvAPIKey
}

// delivery prints what became of one attempt.
func (p program) delivery(d sandbox.Delivery) {
	outcome := fmt.Sprint(d.Status)
	if d.Err != nil {
		outcome = "no answer"
	}
	again := ""
	if d.Attempt > 1 {
		again = fmt.Sprintf("  attempt %d", d.Attempt)
	}
	fmt.Fprintf(p.out, "%s  %-18s %s -> %s%s\n", time.Now().Format(time.TimeOnly), d.Event.Type, d.Event.ID, outcome, again)
}
