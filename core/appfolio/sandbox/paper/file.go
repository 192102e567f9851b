package paper

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"rentbell/core"
	"rentbell/core/wholefile"
)

// File is a report as it is put into the folder.
type File struct {
	Kind core.TableKind
	Name string // the kind and the day
	Body []byte
}

func newFile(kind core.TableKind, r *report, now time.Time) File {
	return File{Kind: kind, Name: fmt.Sprintf("%s-%s.csv", kind, now.Format("20060102")), Body: r.csv(now)}
}

// Put puts files into the folder, each whole. A file never takes another's place: the
// second of a day is called "NAME (2).csv", as browsers do.
func (p *Printer) Put(ctx context.Context, files ...File) error {
	for _, f := range files {
		path, err := p.free(f.Name)
		if err == nil {
			err = whole(ctx, path, f.Body)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// put is Put for a live report. With a Pause the odd files grow in their place, as an
// e-mail program writes them, and the even ones under another name, as in a browser.
func (p *Printer) put(ctx context.Context, f File) (name string, err error) {
	path, err := p.free(f.Name)
	if err != nil {
		return "", err
	}
	switch {
	case p.config.Pause == 0:
		err = whole(ctx, path, f.Body)
	case p.files%2 == 1:
		err = p.slowly(ctx, path, f.Body)
	default:
		part := path + ".part"
		if err = p.slowly(ctx, part, f.Body); err == nil {
			err = os.Rename(part, path)
		}
	}
	return filepath.Base(path), err
}

func whole(ctx context.Context, path string, body []byte) error {
	return wholefile.Write(ctx, path, func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	})
}

// slowly writes a file half, and whole after the pause or when ctx ends.
func (p *Printer) slowly(ctx context.Context, path string, body []byte) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	half := len(body) / 2
	_, first := f.Write(body[:half])
	select {
	case <-ctx.Done():
	case <-time.After(p.config.Pause):
	}
	_, second := f.Write(body[half:])
	return errors.Join(first, second, f.Close())
}

// free is a path in the folder that no file has.
func (p *Printer) free(name string) (path string, err error) {
	ext := filepath.Ext(name)
	for n := 1; ; n++ {
		path = filepath.Join(p.config.Dir, name)
		if n > 1 {
			path = filepath.Join(p.config.Dir, fmt.Sprintf("%s (%d)%s", name[:len(name)-len(ext)], n, ext))
		}
		switch _, err := os.Lstat(path); {
		case errors.Is(err, os.ErrNotExist):
			return path, nil
		case err != nil:
			return "", err
		}
	}
}
