<?php
// Does what Exercise.java says by PHP's ftp extension, in the working folder. Prints three listings.
// The first argument is JSON as in sealane_ftplib.py, the others are the files to upload.

set_error_handler(function (int $level, string $message) {
    throw new ErrorException($message, 0, $level);
});

/** Every call has to succeed. */
function must(mixed $result, string $what): mixed
{
    if ($result === false) {
        throw new RuntimeException("$what failed");
    }
    return $result;
}

$settings = json_decode($argv[1], true, flags: JSON_THROW_ON_ERROR);
$uploaded = array_slice($argv, 2);
$connect = $settings['opening'] === 'CLEAR' ? 'ftp_connect' : 'ftp_ssl_connect';
$ftp = must($connect($settings['host'], $settings['port'], 20), $connect);
must(ftp_login($ftp, $settings['user'], $settings['password']), 'login');
must(ftp_pasv($ftp, $settings['way'] === 'PASSIVE'), 'pasv');
must(ftp_chdir($ftp, '/' . $settings['remote']), 'chdir');
foreach ($uploaded as $name) {
    must(ftp_put($ftp, $name, $name), "put $name");
    if (ftp_size($ftp, $name) !== filesize($name) || ftp_mdtm($ftp, $name) === -1) {
        throw new RuntimeException("size or time of $name");
    }
}
$names = array_column(must(ftp_mlsd($ftp, '.'), 'mlsd'), 'name');
echo implode("\n", must(ftp_nlist($ftp, '.'), 'nlist')), "\n---\n";
echo implode("\n", must(ftp_rawlist($ftp, '.'), 'rawlist')), "\n---\n", implode("\n", $names), "\n";
foreach ($uploaded as $name) {
    must(ftp_get($ftp, "$name.back", $name), "get $name");
}
$resumed = ftp_size($ftp, 'resumed-up.bin');
must(ftp_put($ftp, 'resumed-up.bin', 'resumed-up.bin', FTP_BINARY, $resumed), 'resume up');
$resumed = filesize('resumed-down.bin');
must(
    ftp_get($ftp, 'resumed-down.bin', 'resumed-down.bin', FTP_BINARY, $resumed),
    'resume down'
);
must(ftp_rename($ftp, 'small.bin', 'renamed.bin'), 'rename');
must(ftp_delete($ftp, 'empty.bin'), 'delete');
must(ftp_mkdir($ftp, 'kept'), 'mkdir');
must(ftp_mkdir($ftp, 'gone'), 'mkdir');
must(ftp_rmdir($ftp, 'gone'), 'rmdir');
must(ftp_close($ftp), 'close');
