package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"rentbell/ui/explain"
)

// elsewhere is where rentbelld has what the window calls Settings.
const elsewhere = "Without a window, Settings are the flags and environment variables of rentbelld."

// inWords is an error as it ends a command: what is wrong, what happened and
// what to do, and below that the error itself, for support.
func inWords(err error) string {
	w := explain.English.Error(err)
	text := w.Text()
	if strings.Contains(text, "Settings") {
		text += " " + elsewhere
	}
	technical := strings.ReplaceAll(err.Error(), "\n", "; ") // errors that were joined
	return fmt.Sprintf("%s.\n%s\n(%s)\n", w.Title, text, technical)
}

// wordy is a log handler that puts errors into words beside them, where the
// level says that a person has to act.
type wordy struct{ slog.Handler }

// Handle implements slog.Handler.
func (h wordy) Handle(ctx context.Context, r slog.Record) error {
	if r.Level < slog.LevelError {
		return h.Handler.Handle(ctx, r)
	}
	var w explain.Words
	r.Attrs(func(a slog.Attr) bool {
		err, found := a.Value.Any().(error)
		if found {
			w = explain.English.Error(err)
		}
		return !found
	})
	if w.Known() {
		r = r.Clone()
		r.AddAttrs(slog.String("wrong", w.Title), slog.String("why", w.Cause))
		if w.Fix != "" {
			r.AddAttrs(slog.String("do", w.Fix))
		}
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h wordy) WithAttrs(attrs []slog.Attr) slog.Handler { return wordy{h.Handler.WithAttrs(attrs)} }

// WithGroup implements slog.Handler.
func (h wordy) WithGroup(name string) slog.Handler { return wordy{h.Handler.WithGroup(name)} }
