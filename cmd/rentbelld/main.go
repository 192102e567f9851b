// Command rentbelld is Rentbell without a window, for a small always-on
// machine, for scripts and for tests. It reads flags and the environment and
// prints results; all else is in core and store.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
)

const usage = `Usage:
  rentbelld serve   --data DIR [--kind webhook-api|developer-space] [--listen 127.0.0.1:PORT [--public-url https://NAME]]
                    [--register] [--appfolio-url URL] [--reports-url URL]
                    [--ngrok-url https://NAME] [--ngrok-proxy-url URL] [--ngrok-connect-url HOST:PORT] [--ngrok-connect-cas FILE]
  rentbelld serve   --data DIR --kind reports --reports-dir DIR
  rentbelld serve   ... [--office ADDR[:PORT] [--office-nats tls://HOST:PORT [--office-nats-ca FILE]]]
  rentbelld office  invite|desks --data DIR [--json]
  rentbelld office  revoke NAME --data DIR [--json]
  rentbelld follow  --data DIR [[--office HOST[:PORT]] --code CODE [--name NAME]]
  rentbelld events  --data DIR [--quarantine] --json
  rentbelld export  payments --data DIR --from DATE --to DATE --format quickbooks|xero|full|xlsx|ofx|qbo
                    --out FILE|- [--split] [--intu-bid N]
  rentbelld export  payments --data DIR --new --format FORMAT --out FILE|- [--split] [--intu-bid N] [--take-over]
  rentbelld export  again --data DIR [--sha256 BEGINNING --out FILE|-]
  rentbelld export  calendar --data DIR --out FILE|-
  rentbelld export  month --data DIR --month 2026-06 --out FILE|-
  rentbelld import  names --data DIR --kind lease|tenant|property|unit|vendor [--columns id=HEADER,name=HEADER] [--dry-run] [--json] FILE
  rentbelld export  names --data DIR [--kind KIND] --out FILE|-
  rentbelld import  rents --data DIR [--columns lease=HEADER,rent=HEADER] [--dry-run] [--json] FILE
  rentbelld import  report --data DIR --report income_register|rent_roll|delinquency|work_order [--dry-run] [--json] FILE
  rentbelld radar   --data DIR [--at TIME] [--due DAY] [--grace DAYS] --json
  rentbelld notice  --data DIR --lease ID on|off
  rentbelld doctor  --data DIR [--json] [connection flags of serve]
  rentbelld check   --data DIR [--repair] [--json]
  rentbelld backup  --data DIR --out FILE
  rentbelld sandbox [--listen ADDR] [--kind webhook-api|developer-space [--deliver-to URL]]
  rentbelld sandbox --kind reports --dir DIR [--slow TIME]
  rentbelld demo    [--kind webhook-api|developer-space|reports]
  rentbelld version

Environment: APPFOLIO_API_KEY, APPFOLIO_WEBHOOK_SECRET, NGROK_AUTHTOKEN; for developer-space APPFOLIO_CLIENT_ID,
APPFOLIO_CLIENT_SECRET, APPFOLIO_DEVELOPER_ID, and if you like APPFOLIO_DATABASE_ID, and for receipts
APPFOLIO_REPORTS_CLIENT_ID with APPFOLIO_REPORTS_CLIENT_SECRET; for --office-nats RENTBELL_NATS_CREDS, what a .creds
file of NATS holds; instead of each, the same name with _FILE may hold the path of a file with the value
`

// version is set by the Makefile when it builds a release.
var version = "dev"

// Exit codes: 1 after an error, 2 after wrong flags, arguments, a code that does not count
// or an office that is not here, 3 when this desk was removed from its office; of an export
// of what is new, 4 when the office is out of reach and 5 when another desk makes it or has
// made it.
const (
	exitFailed  = 1
	exitUsage   = 2
	exitRemoved = 3
	exitAway    = 4
	exitClaimed = 5
)

func main() {
	// The reader of stdout may end before this process. It then goes on
	// receiving, and its writes fail.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], program{os.Stdout, os.Stderr, os.Getenv}))
}

// program holds what a command may use of the process: output, environment and
// version.
type program struct {
	out, err io.Writer
	getenv   func(string) string
}

func (p program) log() *slog.Logger { return slog.New(wordy{slog.NewTextHandler(p.err, nil)}) }

// errUsage marks an error after which the usage is printed.
var errUsage = errors.New("wrong call")

// run runs one command and returns the exit code.
func run(ctx context.Context, args []string, p program) int {
	if len(args) == 0 {
		args = []string{""}
	}
	commands := map[string]func(context.Context, []string, program) error{
		"serve": serve, "follow": follow, "events": events, "export": oneOf("export", things{"payments": exportPayments, "again": exportAgain, "calendar": exportCalendar, "month": exportMonth, "names": exportNames}),
		"import": oneOf("import", things{"names": importNames, "rents": importRents, "report": importReport}),
		"office": oneOf("office", things{"invite": officeInvite, "desks": officeDesks, "revoke": officeRevoke}),
		"radar":  findings, "notice": notice,
		"doctor": doctor, "check": check, "backup": backup, "sandbox": runSandbox, "demo": demo,
		"version": func(context.Context, []string, program) error {
			_, err := fmt.Fprintln(p.out, "rentbelld", version)
			return err
		},
	}
	commands["--version"] = commands["version"]
	command, known := commands[args[0]]
	if !known {
		command = func(context.Context, []string, program) error {
			return fmt.Errorf("%w: no command%s", errUsage, launch.Quoted(args[0]))
		}
	}
	err := command(ctx, args[1:], p)
	var unsure *columnsError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(p.out, usage)
		return 0
	case errors.Is(err, errUnwell): // the lines that say so are the output
		return exitFailed
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		fmt.Fprintln(p.err, "rentbelld: interrupted")
		return exitFailed
	case errors.As(err, &unsure) && unsure.form == "":
		fmt.Fprintf(p.err, "rentbelld: %sNot certain: %s. The titles of the file are:\n%s\n", inWords(err), rolesOf(err), inert(unsure.head))
		return exitUsage
	case errors.As(err, &unsure):
		fmt.Fprintf(p.err, "rentbelld: %sSay which they are: --columns %s. The titles of the file are:\n%s\n", inWords(err), unsure.form, inert(unsure.head))
		return exitUsage
	case errors.Is(err, errUsage), errors.Is(err, launch.ErrMissing):
		fmt.Fprintf(p.err, "rentbelld: %v\n\n%s", err, usage)
		return exitUsage
	}
	fmt.Fprintf(p.err, "rentbelld: %s", inWords(err))
	var claimed *core.ClaimedError
	if errors.As(err, &claimed) && claimed.Stale {
		fmt.Fprintln(p.err, "--take-over exports them here. If the file is there too, payments are in the books twice.")
	}
	return exitOf(err)
}

// things maps the second word of a command to what it runs.
type things map[string]func(context.Context, []string, program) error

// oneOf returns a command that is chosen by its second word, such as "export
// payments".
func oneOf(verb string, about things) func(context.Context, []string, program) error {
	return func(ctx context.Context, args []string, p program) error {
		if len(args) > 0 && about[args[0]] != nil {
			return about[args[0]](ctx, args[1:], p)
		}
		return fmt.Errorf("%w: say what to %s: %s", errUsage, verb, strings.Join(slices.Sorted(maps.Keys(about)), " or "))
	}
}

// parse reads flags. names are the flags that must be set. It refuses arguments
// that are not flags.
func parse(flags *flag.FlagSet, args []string, names ...string) error {
	flags.SetOutput(io.Discard) // run prints the error and the usage
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return err
		}
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("%w: unexpected%s", errUsage, launch.Quoted(flags.Arg(0)))
	}
	for _, name := range names {
		if f := flags.Lookup(name); f.Value.String() == f.DefValue {
			return fmt.Errorf("%w: --%s is missing", errUsage, name)
		}
	}
	return nil
}
