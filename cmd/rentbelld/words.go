package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"

	"rentbell/ui/explain"
)

// elsewhere explains the word Settings, which errors share with the window.
const elsewhere = "Without a window, Settings are the flags and environment variables of rentbelld."

// inWords returns the text that ends a command after an error: what is wrong,
// why and what to do. The error itself follows in brackets, for support.
func inWords(err error) string {
	w := explain.English.Error(err)
	text := w.Text()
	if strings.Contains(text, "Settings") {
		text += " " + elsewhere
	}
	technical := strings.ReplaceAll(err.Error(), "\n", "; ") // joined errors stand on lines of their own
	return fmt.Sprintf("%s.\n%s\n(%s)\n", w.Title, text, technical)
}

// wordy is a log handler. For a record of level error it adds what is wrong,
// why and what to do, in words.
type wordy struct{ slog.Handler }

// Handle adds the words to records of level error and passes every record on.
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

// WithAttrs keeps the words in the handler that it returns.
func (h wordy) WithAttrs(attrs []slog.Attr) slog.Handler { return wordy{h.Handler.WithAttrs(attrs)} }

// WithGroup keeps the words in the handler that it returns.
func (h wordy) WithGroup(name string) slog.Handler { return wordy{h.Handler.WithGroup(name)} }
