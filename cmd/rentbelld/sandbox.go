package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"sync"
	"time"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
	"rentbell/core/appfolio/sandbox"
	"rentbell/core/appfolio/sandbox/paper"
	"rentbell/core/appfolio/sandbox/space"
)

const (
	sandboxHeader = 10 * time.Second    // how long a client may take to send its header
	spacePast     = 60 * 24 * time.Hour // how far back the records of a Developer Space go
	paperPast     = 92 * 24 * time.Hour // and the first reports: all months whose rent can be late
)

// appFolio plays AppFolio for one kind of connection.
type appFolio interface {
	http.Handler
	Run(ctx context.Context)
}

// runSandbox runs a sandbox until ctx ends.
func runSandbox(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("sandbox", flag.ContinueOnError)
	listen := flags.String("listen", "127.0.0.1:8090", "serve on this `ADDRESS`")
	kind := flags.String("kind", string(core.KindWebhookAPI), "play the AppFolio of this `KIND` of connection")
	deliverTo := flags.String("deliver-to", "", "ring at this `URL`, with --kind developer-space")
	dir := flags.String("dir", "", "write into this `DIRECTORY`, with --kind reports")
	slow := flags.Duration("slow", 0, "write half of each later report this `TIME` before the rest, with --kind reports")
	if err := parse(flags, args); err != nil {
		return err
	}
	if core.Kind(*kind) == core.KindReports {
		if *dir == "" || *slow < 0 || *deliverTo != "" {
			return fmt.Errorf("%w: --kind %s takes --dir and maybe --slow", errUsage, *kind)
		}
		return p.runPaper(ctx, *dir, *slow)
	}
	if *dir != "" || *slow != 0 {
		return fmt.Errorf("%w: --dir and --slow go with --kind %s", errUsage, core.KindReports)
	}
	play, printHelp, err := p.newSandbox(core.Kind(*kind), *deliverTo)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		return fmt.Errorf("open sandbox: %w", err)
	}
	printHelp(listener.Addr())
	server := &http.Server{Handler: play, ReadHeaderTimeout: sandboxHeader}
	closed := context.AfterFunc(ctx, func() { _ = server.Close() }) // no request to a sandbox needs to finish
	defer closed()
	var running sync.WaitGroup
	running.Go(func() { play.Run(ctx) })
	err = server.Serve(listener)
	if errors.Is(err, http.ErrServerClosed) {
		running.Wait()
		return nil
	}
	return err
}

// newSandbox makes the sandbox for a kind of connection. printHelp prints how to connect
// to it.
func (p program) newSandbox(kind core.Kind, deliverTo string) (play appFolio, printHelp func(net.Addr), err error) {
	switch {
	case kind == core.KindDeveloperSpace:
		play := space.New(space.Config{Past: spacePast, AllowAnywhere: true, OnDelivery: p.delivery})
		if err := play.Deliver(deliverTo); err != nil {
			return nil, nil, fmt.Errorf("%w: --deliver-to: %w", errUsage, err)
		}
		return play, func(at net.Addr) { p.printSpaceHelp(at, deliverTo) }, nil
	case kind != core.KindWebhookAPI:
		return nil, nil, fmt.Errorf("%w: --kind is none of %s, %s and %s", errUsage, core.KindWebhookAPI, core.KindDeveloperSpace, core.KindReports)
	case deliverTo != "":
		return nil, nil, fmt.Errorf("%w: --deliver-to goes with --kind %s; the other kind is registered with", errUsage, core.KindDeveloperSpace)
	}
	key := core.Pasted(p.getenv(launch.EnvAPIKey))
	return sandbox.New(sandbox.Config{APIKey: key, AllowAnywhere: true, OnDelivery: p.delivery}), func(at net.Addr) { p.printWebhooksHelp(at, key) }, nil
}

// runPaper writes reports into a directory, which it makes if there is none, until ctx
// ends.
func (p program) runPaper(ctx context.Context, dir string, slow time.Duration) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("open sandbox: %w", err)
	}
	play := paper.New(paper.Config{Dir: dir, Past: paperPast, Pause: slow, OnFile: p.reported})
	if err := play.Put(ctx, play.Past()...); err != nil {
		return fmt.Errorf("open sandbox: %w", err)
	}
	fmt.Fprintf(p.out, `A stand-in AppFolio writes reports into %s
In another terminal:

  rentbelld serve --kind reports --data DIR --reports-dir %[1]s

Ctrl-C ends it.
`, dir)
	play.Run(ctx)
	return nil
}

// reported prints that a report was written.
func (p program) reported(name string, err error) {
	if err != nil {
		name = err.Error()
	}
	fmt.Fprintf(p.out, "%s  %s\n", time.Now().Format(time.TimeOnly), name)
}

func (p program) printWebhooksHelp(at net.Addr, key string) {
	fmt.Fprintf(p.out, `A stand-in AppFolio listens on http://%s
Its API key is %s. In another terminal:

  export APPFOLIO_WEBHOOK_SECRET=choose-one APPFOLIO_API_KEY=...
  rentbelld serve --data DIR --listen 127.0.0.1:8080 --register --appfolio-url http://%[1]s

Ctrl-C ends it.
`, at, keyInWords(key))
}

func (p program) printSpaceHelp(at net.Addr, deliverTo string) {
	fmt.Fprintf(p.out, `A stand-in AppFolio with a Developer Space listens on http://%s
In another terminal:

  export APPFOLIO_CLIENT_ID=%s APPFOLIO_CLIENT_SECRET=%s
  export APPFOLIO_DEVELOPER_ID=%s APPFOLIO_DATABASE_ID=%s
  export APPFOLIO_REPORTS_CLIENT_ID=%s APPFOLIO_REPORTS_CLIENT_SECRET=%s
  rentbelld serve --kind developer-space --data DIR --listen 127.0.0.1:8080 --appfolio-url http://%[1]s --reports-url http://%[1]s

`, at, space.ClientID, space.ClientSecret, space.DeveloperID, space.DatabaseID, space.ReportsClientID, space.ReportsClientSecret)
	if deliverTo == "" {
		fmt.Fprintf(p.out, "It rings nowhere; start it with --deliver-to http://127.0.0.1:8080%s for that.\n", core.WebhookPath)
	} else {
		fmt.Fprintf(p.out, "It rings at %s\n", deliverTo)
	}
	fmt.Fprintln(p.out, "Ctrl-C ends it.")
}

func keyInWords(key string) string {
	if key == "" {
		return sandbox.DefaultAPIKey
	}
	return "the one in " + launch.EnvAPIKey
}

// delivery prints the result of one attempt to deliver an event.
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
