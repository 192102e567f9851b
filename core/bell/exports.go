package bell

import (
	"context"

	"rentbell/core"
	"rentbell/core/export"
	"rentbell/core/names"
)

// Exports makes exports that are remembered, for other processes too: one memory and one
// turn for all.
func (b *Bell) Exports() *export.History { return b.exports }

// asOf reads payments with the names as they were after so many changes.
func (b *Bell) asOf(renames uint64) (export.Reader, error) { return names.AsOf(b.cfg.Store, renames) }

// PastExports returns the exports that are remembered, oldest first. It reads the disk.
func (b *Bell) PastExports() ([]core.PastExport, error) { return b.exports.Past() }

// Export exports for the window. See export.History.
func (b *Bell) Export(ctx context.Context, path string, q export.Query, progress func(done, total int)) (export.WrittenFiles, error) {
	return b.exports.Export(ctx, path, q, progress)
}

// ExportAgain makes the files of an export again, byte for byte, under another name if
// need be. See export.Again.
func (b *Bell) ExportAgain(ctx context.Context, path string, e core.PastExport) error {
	_, err := export.Again(ctx, b.exports, export.Target{Path: path}, e)
	return err
}

// StatementAccount is the account that exported statements are of. It is made when there
// is none yet.
func (b *Bell) StatementAccount() (core.StatementAccount, error) {
	return b.cfg.Store.MakeStatementAccount()
}

// ForgetExport makes what an export held count as new again. See export.History.
func (b *Bell) ForgetExport(ctx context.Context, e core.PastExport) error {
	return b.share(func() error { return b.exports.Forget(ctx, e) })
}
