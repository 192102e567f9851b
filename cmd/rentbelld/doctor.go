package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"

	"rentbell/cmd/internal/launch"
	"rentbell/core"
	"rentbell/core/keychain"
	"rentbell/core/remote"
	"rentbell/ui/explain"
)

// errUnwell says that a check asks the user to do something. The command has
// printed what it is by then.
var errUnwell = errors.New("something needs the user")

// marks show a state as one character at the start of a line.
var marks = map[core.CheckState]string{
	core.CheckGood: "ok  ", core.CheckWarn: "look", core.CheckBad: "FIX ", core.CheckUnknown: " -  ",
}

// doctor runs the health check and prints its result.
func doctor(ctx context.Context, args []string, p program) error {
	flags := flag.NewFlagSet("doctor", flag.ContinueOnError)
	dir := flags.String("data", "", "data `DIR`ectory")
	asJSON := flags.Bool("json", false, "print a JSON object")
	c, err := p.connection(flags, args)
	if err != nil {
		return err
	}
	d, err := p.examine(ctx, *dir, c)
	if err != nil {
		return err
	}
	if *asJSON {
		err = json.NewEncoder(p.out).Encode(d)
	} else {
		err = p.printDiagnosis(d)
	}
	if err == nil && !d.Healthy {
		err = errUnwell
	}
	return err
}

// examine asks the Rentbell that has dir open for a health check. When there is
// none, it checks dir itself.
func (p program) examine(ctx context.Context, dir string, c launch.Connection) (d launch.Diagnosis, err error) {
	if _, err := os.Stat(dir); err != nil {
		return d, fmt.Errorf("look at data directory: %w", err)
	}
	if holder, err := remote.Dial(ctx, dir); err == nil {
		var answer bytes.Buffer
		if err := holder.Doctor(ctx, &answer); err != nil {
			return d, err
		}
		if err := json.Unmarshal(answer.Bytes(), &d); err != nil {
			return d, fmt.Errorf("read health check: %w", err)
		}
		return d, nil
	}
	told := p.upgrading()
	d, err = launch.DiagnoseStopped(ctx, launch.Options{Dir: dir, Connection: c, Vault: &keychain.Memory{}, Upgrading: told.note})
	told.end(err)
	if errors.Is(err, fs.ErrNotExist) {
		return d, fmt.Errorf("no Rentbell data in %s: %w", dir, err)
	}
	return d, err
}

func (p program) printDiagnosis(d launch.Diagnosis) error {
	for _, l := range d.Checks {
		text := explain.English.Line(explain.Row{Text: l.Text, Fix: l.Fix})
		if _, err := fmt.Fprintf(p.out, "%s  %-20s %s\n", marks[l.State], l.Title, inert(text)); err != nil {
			return err
		}
	}
	for _, path := range d.Logs {
		if _, err := fmt.Fprintf(p.out, "%-4s  %-20s %s\n", "", "Log", inert(path)); err != nil {
			return err
		}
	}
	return nil
}
