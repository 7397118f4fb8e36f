/** Stands in for pg-native, which pg takes when it is installed: a published package has nothing installed beside it. */
throw Object.assign(new Error('pg-native is not part of this package.'), { code: 'MODULE_NOT_FOUND' });
