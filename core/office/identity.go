package office

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"time"

	"rentbell/core"
)

// PinOf is what a desk knows the receiver by: the hash of its public key. A certificate
// has dates, and a laptop's clock may be years off, so nothing else in it counts.
func PinOf(c *x509.Certificate) [sha256.Size]byte { return sha256.Sum256(c.RawSubjectPublicKeyInfo) }

// NewMachineKey makes the receiver's private key, in PEM (PKCS #8).
func NewMachineKey() (core.Secret, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return core.Secret{}, fmt.Errorf("make the office's key: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return core.Secret{}, fmt.Errorf("write the office's key: %w", err)
	}
	return core.KeptSecret(string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))), nil
}

// Certificate is what the receiver shows in TLS: a certificate of its key that only it has
// signed. Each start makes another; the key, and so the pin, stays.
func Certificate(key core.Secret) (tls.Certificate, error) {
	block, _ := pem.Decode([]byte(key.Reveal()))
	if block == nil {
		return tls.Certificate{}, errors.New("read the office's key: it is no PEM")
	}
	private, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return tls.Certificate{}, errors.New("read the office's key: it is none") // the reason could repeat it
	}
	signer, is := private.(*ecdsa.PrivateKey)
	if !is {
		return tls.Certificate{}, errors.New("read the office's key: it is of another kind")
	}
	template := x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, &signer.PublicKey, signer)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make the office's certificate: %w", err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("make the office's certificate: %w", err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: signer, Leaf: leaf}, nil
}
