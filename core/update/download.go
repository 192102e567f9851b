package update

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"rentbell/core"
	"rentbell/core/wholefile"
)

const downloadTime = 15 * time.Minute

// Download brings the setup program of a release into a directory that it
// makes, and returns its path. The file is there only when it is, byte for
// byte, the one that the manifest names: core.ErrForgedUpdate otherwise. What an earlier
// download left there is deleted. It takes a quarter of an hour at most.
func (s *Source) Download(ctx context.Context, r core.Release, dir string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, downloadTime)
	defer cancel()
	if err := os.RemoveAll(dir); err != nil {
		return "", fmt.Errorf("delete earlier downloads: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(dir, "Rentbell-"+r.Version+"-setup.exe")
	err := wholefile.Write(ctx, path, func(w io.Writer) error { return s.copy(ctx, w, r.Setup) })
	if err != nil {
		return "", fmt.Errorf("download the setup program: %w", err)
	}
	return path, nil
}

// copy writes the file that f describes. After an error, part of it or of
// another file may have been written.
func (s *Source) copy(ctx context.Context, w io.Writer, f core.ReleasedFile) error {
	body, err := s.open(ctx, f.URL)
	if err != nil {
		return err
	}
	defer func() { _ = body.Close() }() // it was only read
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(w, sum), io.LimitReader(body, f.Size+1))
	switch {
	case err != nil:
		return err
	case n < f.Size:
		return fmt.Errorf("%w: %d of %d bytes", io.ErrUnexpectedEOF, n, f.Size)
	case n > f.Size:
		return core.ErrForgedUpdate
	}
	want, err := hex.DecodeString(f.SHA256)
	if err != nil {
		return errors.New("no SHA-256")
	}
	if string(sum.Sum(nil)) != string(want) {
		return core.ErrForgedUpdate
	}
	return nil
}
